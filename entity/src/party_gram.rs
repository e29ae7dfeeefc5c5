//! Two characters side by side in a name of a party.

use sea_orm::entity::prelude::*;

/// A row of `party_gram`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "party_gram")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The two characters.
    #[sea_orm(primary_key, auto_increment = false)]
    pub gram: String,
    /// The party.
    #[sea_orm(primary_key, auto_increment = false)]
    pub party_id: Uuid,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
