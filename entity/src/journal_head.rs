//! The end of an institution's journal.

use sea_orm::entity::prelude::*;

/// A row of `journal_head`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "journal_head")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The number of the last fact.
    pub seq: i64,
    /// The hash of the last audit entry; zeros before the first.
    pub hash: Vec<u8>,
    /// The number of the last act that changed facts which decisions about contracts rest on; 0 before the first.
    pub facts_seq: i64,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
