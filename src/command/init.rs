//! `zengxin init`: the first institution of an empty system, and a one-time link for its administrator.

use super::{Stop, block_on, reach::Reached, say};
use crate::{
    app::{App, institution},
    auth::{InstitutionKind, Role},
    config::{DatabaseConfig, KeyConfig},
    error::{Failure, Problem},
    store::{institution::NewInstitution, user::NewUser},
};
use clap::{Args, builder::PossibleValuesParser, builder::TypedValueParser as _};
use domain::value::{InstitutionId, UserId};
use std::io::Write;
use uuid::Uuid;

/// The settings of the command.
#[derive(Args, Debug)]
pub struct Init {
    /// 机构代码，登录时使用：小写字母、数字、连字符。
    /// The institution's code, to log in with: lower-case letters, digits, hyphens.
    #[arg(long, value_name = "CODE")]
    code: String,
    /// 机构名称。
    /// The institution's name.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// 机构类型。
    /// What the institution is.
    #[arg(long, default_value = "national_fund", value_name = "KIND", value_parser = kinds())]
    kind: InstitutionKind,
    /// 行政区划代码，六位。
    /// The region code, six digits.
    #[arg(long, default_value = "110000", value_name = "CODE")]
    region: String,
    /// 管理员用户名。
    /// The administrator's user name.
    #[arg(long, default_value = "admin", value_name = "USER")]
    administrator: String,
    /// 管理员姓名。
    /// The administrator's name.
    #[arg(long, default_value = "管理员", value_name = "NAME")]
    administrator_name: String,
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    keys: KeyConfig,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = InstitutionKind> {
    PossibleValuesParser::new(InstitutionKind::ALL.iter().map(|kind| kind.word())).try_map(|word| word.parse())
}

impl Init {
    /// Makes both, and prints the link: the only time that it is shown.
    pub fn run(self, out: &mut dyn Write) -> Result<(), Stop> {
        let reached = Reached::start(&self.database)?;
        let made = block_on(self.make(&reached));
        reached.stop();
        let (code, user) = (&self.code, &self.administrator);
        let link = made?.map_err(|problem| Stop::Refused(Box::new(problem)))?;
        say(
            out,
            &format!(
                "机构 {code} 已建立，管理员 {user}。请于 72 小时内用此一次性链接设置口令（POST /v1/passwords），不再显示："
            ),
        )?;
        say(
            out,
            &format!(
                "The institution {code} stands, administered by {user}. Choose a password with this one-time link within 72 hours (POST /v1/passwords); it is not shown again:"
            ),
        )?;
        say(out, &link)?;
        Ok(())
    }

    async fn make(&self, reached: &Reached) -> Result<Result<String, Problem>, Failure> {
        let keys = self.keys.open(&self.database.data_dir)?;
        let database = reached.database(2).await?;
        let institution = NewInstitution {
            id: InstitutionId::from_uuid(Uuid::now_v7()),
            code: self.code.clone(),
            name: self.name.clone(),
            kind: self.kind,
            region_code: self.region.clone(),
        };
        let administrator = NewUser {
            id: UserId::from_uuid(Uuid::now_v7()),
            name: self.administrator.clone(),
            display_name: self.administrator_name.clone(),
            role: Role::Admin,
        };
        let made = institution::initialise(&App::new(database.clone(), keys), institution, administrator).await;
        database.close().await;
        Ok(made)
    }
}
