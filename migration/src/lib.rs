//! The schema, one numbered SQL file after another, run by the owner of the schema.

use sea_orm_migration::{
    MigrationName, MigrationTrait, MigratorTrait, SchemaManager,
    sea_orm::{
        ConnectionTrait, DatabaseConnection, DbErr, DynIden,
        sea_query::{Alias, IntoIden},
    },
};

/// The schema everything of ours lives in.
pub const SCHEMA: &str = "zengxin";

/// The table that remembers which steps were taken.
pub const LEDGER: &str = "migration";

/// Any number of our own: whoever holds this advisory lock migrates, the others wait.
const LOCK: i64 = 0x7a65_6e67_7869_6e31;

/// One step: an SQL file of statements, each sent as a message of its own (see `statements`).
struct Step {
    name: &'static str,
    sql: &'static str,
}

/// Every step, oldest first. A step that has been released is never changed.
const STEPS: &[Step] = &[
    Step { name: "0001_house", sql: include_str!("sql/0001_house.sql") },
    Step { name: "0002_tenants", sql: include_str!("sql/0002_tenants.sql") },
    Step { name: "0003_people", sql: include_str!("sql/0003_people.sql") },
    Step { name: "0004_reference", sql: include_str!("sql/0004_reference.sql") },
    Step { name: "0005_second_factor", sql: include_str!("sql/0005_second_factor.sql") },
    Step { name: "0006_dated_rows", sql: include_str!("sql/0006_dated_rows.sql") },
    Step { name: "0007_party", sql: include_str!("sql/0007_party.sql") },
    Step { name: "0008_contract", sql: include_str!("sql/0008_contract.sql") },
    Step { name: "0009_book", sql: include_str!("sql/0009_book.sql") },
    Step { name: "0010_merge", sql: include_str!("sql/0010_merge.sql") },
    Step { name: "0011_portfolio", sql: include_str!("sql/0011_portfolio.sql") },
    Step { name: "0012_import", sql: include_str!("sql/0012_import.sql") },
    Step { name: "0013_filing", sql: include_str!("sql/0013_filing.sql") },
    Step { name: "0014_booking_cost", sql: include_str!("sql/0014_booking_cost.sql") },
    Step { name: "0015_import", sql: include_str!("sql/0015_import.sql") },
    Step { name: "0016_import_job", sql: include_str!("sql/0016_import_job.sql") },
    Step { name: "0017_ceded_tickets", sql: include_str!("sql/0017_ceded_tickets.sql") },
    Step { name: "0018_fee_carry", sql: include_str!("sql/0018_fee_carry.sql") },
    Step { name: "0019_desk", sql: include_str!("sql/0019_desk.sql") },
    Step { name: "0020_facts", sql: include_str!("sql/0020_facts.sql") },
    Step { name: "0021_order", sql: include_str!("sql/0021_order.sql") },
    Step { name: "0022_import_pages", sql: include_str!("sql/0022_import_pages.sql") },
    Step { name: "0023_small_credits", sql: include_str!("sql/0023_small_credits.sql") },
    Step { name: "0024_startup_caps", sql: include_str!("sql/0024_startup_caps.sql") },
];

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in statements(self.sql) {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// The statements of a file: they are separated by an empty line, because a semicolon also stands inside function bodies.
fn statements(sql: &str) -> impl Iterator<Item = &str> {
    let only_comments = |part: &&str| !part.lines().all(|line| line.trim().is_empty() || line.starts_with("--"));
    sql.split("\n\n").map(str::trim).filter(only_comments)
}

/// Takes the steps of this crate.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS.iter().map(|step| Box::new(Step { ..*step }) as Box<dyn MigrationTrait>).collect()
    }

    fn migration_table_name() -> DynIden {
        Alias::new(LEDGER).into_iden()
    }
}

/// The names of every step, oldest first.
pub fn names() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|step| step.name)
}

/// Takes every step not yet taken.
///
/// `owner` is a pool of exactly one connection, as the owner of the schema, with the schema as its search path. The lock that
/// makes a second migrator wait belongs to that connection, and is let go with it when a step fails.
pub async fn run(owner: &DatabaseConnection) -> Result<(), DbErr> {
    owner.execute_unprepared(&format!("SELECT pg_advisory_lock({LOCK})")).await?;
    // The ledger is the first thing sea-orm-migration writes, so the schema it lies in cannot wait for the first step.
    owner.execute_unprepared(&format!("CREATE SCHEMA IF NOT EXISTS {SCHEMA}")).await?;
    Migrator::up(owner, None).await?;
    owner.execute_unprepared(&format!("SELECT pg_advisory_unlock({LOCK})")).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{STEPS, statements};

    #[test]
    fn steps_are_numbered_without_a_gap() {
        for (index, step) in STEPS.iter().enumerate() {
            assert!(step.name.starts_with(&format!("{:04}_", index + 1)), "{} is step {}", step.name, index + 1);
        }
    }

    #[test]
    fn every_file_is_a_step_of_its_name() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/sql")).unwrap();
        let mut files: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        assert_eq!(files, STEPS.iter().map(|step| format!("{}.sql", step.name)).collect::<Vec<_>>());
    }

    #[test]
    fn every_message_is_one_whole_statement() {
        for step in STEPS {
            for statement in statements(step.sql) {
                // Function bodies stand between dollars; comments lead.
                let outside: String = statement.split("$$").step_by(2).collect();
                let ends =
                    outside.lines().filter(|line| !line.starts_with("--")).flat_map(|line| line.matches(';')).count();
                assert!(
                    statement.ends_with(';') && ends == 1,
                    "{}: an empty line must follow each statement and stand nowhere else:\n{statement}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn an_empty_line_separates_statements_and_comments_stand_with_theirs() {
        let parts: Vec<&str> = statements("-- about the file\n\n-- about a\nSELECT 1;\n\nSELECT 2;\n").collect();
        assert_eq!(parts, ["-- about a\nSELECT 1;", "SELECT 2;"]);
    }
}
