//! The second factor of a person.

use sea_orm::entity::prelude::*;

/// A row of `second_factor`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "zengxin", table_name = "second_factor")]
pub struct Model {
    /// The institution the row belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub institution_id: Uuid,
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// The shared secret, encrypted and bound to its user.
    pub sealed_secret: Vec<u8>,
    /// When the person showed the first right code; without, no code is asked for.
    pub confirmed_at: Option<DateTimeUtc>,
    /// The number of the last half minute whose code was taken.
    pub last_step: i64,
}

/// None: rows name one another by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
