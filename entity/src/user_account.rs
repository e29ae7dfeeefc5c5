//! A person who works with the system for an institution.

use sea_orm::entity::prelude::*;

/// A row of `user_account`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "user_account")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id, made by the caller or the service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name the person logs in with.
    pub name: String,
    /// What others call the person.
    pub display_name: String,
    /// The one role.
    pub role: String,
    /// One of the states the table's check names.
    pub status: String,
    /// The act that ended the account.
    pub offboarding_id: Option<Uuid>,
    /// The day the account ended.
    pub offboarded_on: Option<Date>,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// SHA-256 of the request that made it.
    pub creation_hash: Vec<u8>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
