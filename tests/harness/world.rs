//! Institutions and people to tell a story with, made through the interface as they would be in life.

use super::{Answer, App, Ask, app_with};
use axum::http::{Method, StatusCode};
use domain::value::{InstitutionId, UserId};
use serde_json::{Value, json};
use uuid::Uuid;
use zengxin::{
    app::institution,
    auth::{InstitutionKind, Keys, Role},
    store::{institution::NewInstitution, user::NewUser},
};

/// A password that is good enough.
pub const PASSWORD: &str = "violet-Kettle-93-harbour";

/// Somebody logged in.
#[derive(Clone, Debug)]
pub struct Person {
    /// The institution.
    pub institution: Uuid,
    /// Its code.
    pub code: String,
    /// The account.
    pub id: Uuid,
    /// The name to log in with.
    pub name: String,
    /// The access token.
    pub token: String,
    /// The refresh token.
    pub refresh: String,
}

/// One institution of each layer, each with its administrator logged in.
pub struct World {
    /// The service.
    pub app: App,
    /// The national fund's administrator.
    pub fund: Person,
    /// A provincial re-guarantor's, onboarded by the fund.
    pub province: Person,
    /// A guarantee institution's, onboarded by the province.
    pub city: Person,
    /// A finance bureau's, onboarded by the fund.
    pub bureau: Person,
}

/// A service with a national fund, as `zengxin init` leaves it, and its administrator logged in.
pub async fn fund() -> (App, Person) {
    fund_with(Keys::random().unwrap()).await
}

/// The same, with these keys.
pub async fn fund_with(keys: Keys) -> (App, Person) {
    let app = app_with(keys).await;
    let id = InstitutionId::from_uuid(Uuid::now_v7());
    let new = NewInstitution {
        id,
        code: "fund".to_owned(),
        name: "某某融资担保基金".to_owned(),
        kind: InstitutionKind::NationalFund,
        region_code: "110000".to_owned(),
    };
    let user = UserId::from_uuid(Uuid::now_v7());
    let administrator =
        NewUser { id: user, name: "admin".to_owned(), display_name: "某甲".to_owned(), role: Role::Admin };
    let link = institution::initialise(&app.state, new, administrator).await.unwrap();
    let person = app.settle(id.uuid(), "fund", user.uuid(), "admin", &link).await;
    (app, person)
}

/// A service with one institution of each layer.
pub async fn world() -> World {
    let (app, fund) = fund().await;
    let province = app.onboard(&fund, "province", "provincial_reguarantor", "330000").await;
    let bureau = app.onboard(&fund, "bureau", "finance_bureau", "330000").await;
    let city = app.onboard(&province, "city", "guarantee_institution", "330100").await;
    World { app, fund, province, city, bureau }
}

impl Person {
    /// A request of this person.
    pub fn ask(&self) -> Ask<'_> {
        Ask { token: Some(&self.token), ..Ask::default() }
    }

    /// A request of this person with a body.
    pub fn with(&self, body: Value) -> Ask<'_> {
        Ask { body: Some(body), ..self.ask() }
    }
}

impl App {
    /// Chooses a password by the link and logs in.
    pub async fn settle(&self, institution: Uuid, code: &str, id: Uuid, name: &str, link: &str) -> Person {
        let chosen = Ask { body: Some(json!({"link": link, "password": PASSWORD})), ..Ask::default() };
        let answer = self.ask(Method::POST, "/v1/passwords", chosen).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{:?}", answer.body);
        let answer = self.log_in(code, name, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
        let tokens = answer.json();
        Person {
            institution,
            code: code.to_owned(),
            id,
            name: name.to_owned(),
            token: tokens["access_token"].as_str().unwrap().to_owned(),
            refresh: tokens["refresh_token"].as_str().unwrap().to_owned(),
        }
    }

    /// Puts a body as somebody.
    pub async fn put(&self, person: &Person, path: &str, body: Value) -> Answer {
        self.ask(Method::PUT, path, person.with(body)).await
    }

    /// Reads as somebody.
    pub async fn read(&self, person: &Person, path: &str) -> Answer {
        self.ask(Method::GET, path, person.ask()).await
    }

    /// Changes the end of the dated row at `path`, in the version named.
    pub async fn end(&self, person: &Person, path: &str, version: Option<&str>, until: Option<&str>) -> Answer {
        let ask = Ask { if_match: version, ..person.with(json!({"until": until})) };
        self.ask(Method::PUT, &format!("{path}/end"), ask).await
    }

    /// The `field` of every item of a list, page by page.
    pub async fn all(&self, person: &Person, path: &str, field: &str) -> Vec<Value> {
        let (mut found, mut next) = (Vec::new(), path.to_owned());
        let joint = if path.contains('?') { '&' } else { '?' };
        loop {
            let answer = self.read(person, &next).await;
            assert_eq!(answer.status, StatusCode::OK, "{next}: {:?}", answer.body);
            let page = answer.json();
            found.extend(page["items"].as_array().unwrap().iter().map(|item| item[field].clone()));
            let Some(after) = page["next"].as_str() else { return found };
            next = format!("{path}{joint}after={after}");
        }
    }

    /// Has `upper` state that it has `member` below it.
    pub async fn join(&self, upper: &Person, member: &Person, relation: &str, from: &str, until: Option<&str>) {
        let body = json!({"member_id": member.institution, "relation": relation, "from": from, "until": until});
        let answer = self.put(upper, &format!("/v1/memberships/{}", Uuid::now_v7()), body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    }

    /// Tries to log in.
    pub async fn log_in(&self, code: &str, name: &str, password: &str) -> Answer {
        let body = json!({"institution_code": code, "user": name, "password": password});
        self.ask(Method::POST, "/v1/sessions", Ask { body: Some(body), ..Ask::default() }).await
    }

    /// Exchanges a refresh token.
    pub async fn refresh(&self, token: &str) -> Answer {
        let body = Some(json!({"refresh_token": token}));
        self.ask(Method::POST, "/v1/sessions/refreshes", Ask { body, ..Ask::default() }).await
    }

    /// Has `upper` onboard an institution; the answer is its administrator.
    pub async fn onboard(&self, upper: &Person, code: &str, kind: &str, region: &str) -> Person {
        let (institution, user) = (Uuid::now_v7(), Uuid::now_v7());
        let body = json!({"code": code, "name": format!("某某{code}"), "kind": kind, "region_code": region});
        let answer = self.ask(Method::PUT, &format!("/v1/institutions/{institution}"), upper.with(body)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
        let body = json!({"name": "admin", "display_name": "某乙"});
        let path = format!("/v1/institutions/{institution}/administrators/{user}");
        let answer = self.ask(Method::PUT, &path, upper.with(body)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
        self.settle(institution, code, user, "admin", answer.json()["link"].as_str().unwrap()).await
    }

    /// Has an administrator hire somebody, who chooses a password and logs in.
    pub async fn hire(&self, admin: &Person, role: Role) -> Person {
        let id = Uuid::now_v7();
        let name = format!("{role}-{}", &id.simple().to_string()[24..]).replace('_', "-");
        let body = json!({"name": name, "display_name": "某丙", "role": role});
        let answer = self.ask(Method::PUT, &format!("/v1/users/{id}"), admin.with(body)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
        let answer = self.ask(Method::PUT, &format!("/v1/users/{id}/links/{}", Uuid::now_v7()), admin.ask()).await;
        self.settle(admin.institution, &admin.code, id, &name, answer.json()["link"].as_str().unwrap()).await
    }
}
