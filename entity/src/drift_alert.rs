//! A share that fell below its limit without a booking.

use sea_orm::entity::prelude::*;

/// A row of `drift_alert`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "drift_alert")]
pub struct Model {
    /// The institution that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The upper layer.
    pub reguarantor_id: Option<Uuid>,
    /// The rule.
    pub rule: String,
    /// The day it was raised.
    pub raised_on: Date,
    /// Its number in the journal.
    pub raised_seq: i64,
    /// The figure measured.
    pub measured: String,
    /// The limit.
    pub limit_value: String,
    /// The day it was over.
    pub cleared_on: Option<Date>,
    /// The number of what ended it.
    pub cleared_seq: Option<i64>,
    /// The national fund, when it takes part.
    pub national_id: Option<Uuid>,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
