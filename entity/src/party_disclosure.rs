//! A look at a person's identifier in full.

use sea_orm::entity::prelude::*;

/// A row of `party_disclosure`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "party_disclosure")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The party.
    pub party_id: Uuid,
    /// The identifier that was shown.
    pub identifier_id: Uuid,
    /// Who saw it.
    pub user_id: Uuid,
    /// Why, in words.
    pub reason: String,
    /// When.
    pub disclosed_at: DateTimeUtc,
    /// The fact's number in the journal.
    pub seq: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
