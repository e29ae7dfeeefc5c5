//! `zengxin openapi`: the interface as a document.

use super::say;
use crate::{error::Failure, http};
use std::io::Write;

/// Prints the OpenAPI document as indented JSON.
pub fn run(out: &mut dyn Write) -> Result<(), Failure> {
    let document = http::openapi().to_pretty_json().map_err(|error| {
        Failure::new(format!("无法生成 OpenAPI 文档：{error}"), format!("The OpenAPI document cannot be made: {error}"))
    })?;
    say(out, &document)
}
