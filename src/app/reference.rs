//! Reference data, open to everybody: which regions and industries there are on a day.

use super::App;
use crate::{
    error::Problem,
    store::{
        self,
        reference::{Industry, Region, Wanted},
    },
};
use chrono::NaiveDate;

/// Today's civil date in China, for whoever names no day.
pub fn today(app: &App) -> NaiveDate {
    crate::clock::civil_day(app.clock.now())
}

/// Provinces and cities.
pub async fn regions(app: &App, wanted: Wanted) -> Result<Vec<Region>, Problem> {
    store::reference::regions(&app.database, wanted).await
}

/// Sections and divisions of the industries.
pub async fn industries(app: &App, wanted: Wanted) -> Result<Vec<Industry>, Problem> {
    store::reference::industries(&app.database, wanted).await
}
