//! A guaranteed party.

use sea_orm::entity::prelude::*;

/// A row of `party`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "party")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The name as it is searched: half width, lower case, without spaces.
    pub name_key: String,
    /// enterprise, individual_business, natural_person, cooperative or other_organisation.
    pub kind: String,
    /// GB/T 2260, six digits.
    pub region_code: String,
    /// GB/T 4754, a section or two to four digits; a natural person may have none.
    pub industry_code: Option<String>,
    /// active or merged.
    pub status: String,
    /// The party that stands for it since a merge.
    pub merged_into: Option<Uuid>,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
    /// The import that filed it.
    pub import_id: Option<Uuid>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
