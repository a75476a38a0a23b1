//! What the service's gateway checks before it lets a call through.

use crate::form::Form;
use crate::http::Request;
use crate::signature::{acs3, v1};
use aliyun_rpc::schema::{Action, Presence, Wire};
use express_connect::schema::SERVICE;
use std::collections::HashSet;

/// Id of the only access key there is.
pub const ACCESS_KEY_ID: &str = "LTAI5tTESTKEYID00000";
/// Its secret.
pub const SECRET: &str = "CanarySecret/With+Slash==0000";
/// The security token that may come with it.
pub const SECURITY_TOKEN: &str = "CanaryToken/CAIS+abc=";

/// What every call brings beside its own parameters.
const COMMON: [&str; 10] = [
    "AccessKeyId",
    "Action",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// Why a call is refused.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into() }
    }
}

/// Checks a call: who calls, whether the signature is right and new, what is called, and with which parameters.
pub(crate) fn check(
    request: &Request,
    parameters: &Form,
    nonces: &mut HashSet<String>,
) -> Result<&'static Action, Fault> {
    check_key(parameters)?;
    check_signature(request, parameters)?;
    check_timestamp(common(parameters, "Timestamp")?)?;
    check_nonce(common(parameters, "SignatureNonce")?, nonces)?;
    let action = find_action(parameters)?;
    check_names_and_types(action, parameters)?;
    check_required(action, parameters)?;
    Ok(action)
}

fn common<'a>(parameters: &'a Form, name: &str) -> Result<&'a str, Fault> {
    parameters.get(name).map(String::as_str).filter(|value| !value.is_empty()).ok_or_else(|| missing(name))
}

fn missing(name: &str) -> Fault {
    let message =
        format!("The input parameter \"{name}\" that is mandatory for this request is not supplied.");
    Fault::new(400, "MissingParameter", message)
}

fn invalid(name: &str) -> Fault {
    Fault::new(400, "InvalidParameter", format!("The specified parameter \"{name}\" is not valid."))
}

fn check_key(parameters: &Form) -> Result<(), Fault> {
    if common(parameters, "AccessKeyId")? != ACCESS_KEY_ID {
        return Err(Fault::new(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."));
    }
    match parameters.get("SecurityToken") {
        Some(token) if token != SECURITY_TOKEN => {
            Err(Fault::new(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."))
        }
        _ => Ok(()),
    }
}

fn check_signature(request: &Request, parameters: &Form) -> Result<(), Fault> {
    match acs3::authorization(request) {
        Some(authorization) => check_acs3(request, &authorization),
        None => check_v1(&request.method, parameters),
    }
}

fn check_acs3(request: &Request, authorization: &acs3::Authorization) -> Result<(), Fault> {
    let incomplete = |text| Fault::new(400, "IncompleteSignature", text);
    if let Some(text) = acs3::fault(request, authorization) {
        return Err(incomplete(text));
    }
    let canonical = acs3::canonical(request, authorization).map_err(incomplete)?;
    let text = acs3::string_to_sign(&canonical);
    if authorization.signature == acs3::signature(SECRET, &text) {
        return Ok(());
    }
    let message = format!(
        "Specified signature does not match our calculation. server stringToSign is [{text}], server canonicalString is \
         [{canonical}]"
    );
    Err(Fault::new(400, "SignatureDoesNotMatch", message))
}

fn check_v1(method: &str, parameters: &Form) -> Result<(), Fault> {
    let way = (common(parameters, "SignatureMethod")?, common(parameters, "SignatureVersion")?);
    if way != ("HMAC-SHA1", "1.0") {
        let message = "The request signature does not conform to Aliyun standards.";
        return Err(Fault::new(400, "IncompleteSignature", message));
    }
    let text = v1::string_to_sign(method, parameters);
    if common(parameters, "Signature")? != v1::signature(SECRET, &text) {
        let message = format!(
            "Specified signature is not matched with our calculation. server string to sign is:{text}"
        );
        return Err(Fault::new(400, "SignatureDoesNotMatch", message));
    }
    Ok(())
}

/// `2022-07-06T08:01:09Z`; whether it is now is not looked at.
fn check_timestamp(text: &str) -> Result<(), Fault> {
    let form = "0000-00-00T00:00:00Z";
    let fits = |(due, found): (char, char)| if due == '0' { found.is_ascii_digit() } else { found == due };
    if text.len() == form.len() && form.chars().zip(text.chars()).all(fits) {
        return Ok(());
    }
    Err(Fault::new(
        400,
        "InvalidTimeStamp.Format",
        "Specified time stamp or date value is not well formatted.",
    ))
}

fn check_nonce(nonce: &str, nonces: &mut HashSet<String>) -> Result<(), Fault> {
    if nonces.insert(nonce.to_owned()) {
        return Ok(());
    }
    Err(Fault::new(400, "SignatureNonceUsed", "Specified signature nonce was used already."))
}

fn find_action(parameters: &Form) -> Result<&'static Action, Fault> {
    if common(parameters, "Version")? != SERVICE.version {
        return Err(Fault::new(400, "NoSuchVersion", "The specified version does not exist."));
    }
    let name = common(parameters, "Action")?;
    SERVICE.action(name).ok_or_else(|| {
        let message = "Specified api is not found, please check your url and method.";
        Fault::new(404, "InvalidAction.NotFound", message)
    })
}

fn check_names_and_types(action: &Action, parameters: &Form) -> Result<(), Fault> {
    for (name, value) in parameters.iter().filter(|(name, _)| !COMMON.contains(&name.as_str())) {
        let row = action.parameters.iter().find(|row| is_named(row.name, name));
        if !row.is_some_and(|row| is_typed(row.wire, value)) {
            return Err(invalid(name));
        }
    }
    Ok(())
}

/// Rows inside lists are left out: no reference tells what the service does about those.
fn check_required(action: &Action, parameters: &Form) -> Result<(), Fault> {
    let mut rows = action.parameters.iter().filter(|row| match row.presence {
        Presence::Required => true,
        Presence::Unless(other) => common(parameters, other).is_err(),
        Presence::InElement | Presence::Relaxed | Presence::Optional => false,
    });
    rows.try_for_each(|row| match row.name.contains(".N") {
        true => Ok(()),
        false => common(parameters, row.name).map(drop),
    })
}

/// Whether a name is that of a row: `Filter.1.Value.12` that of `Filter.N.Value.N`.
fn is_named(row: &str, name: &str) -> bool {
    let fits = |(due, found): (&str, &str)| match due {
        "N" => !found.starts_with('0') && found.parse::<u32>().is_ok_and(|index| index.to_string() == found),
        _ => due == found,
    };
    row.split('.').count() == name.split('.').count() && row.split('.').zip(name.split('.')).all(fits)
}

fn is_typed(wire: Wire, value: &str) -> bool {
    match wire {
        Wire::String => true,
        Wire::Integer => value.parse::<i32>().is_ok(),
        Wire::Long => value.parse::<i64>().is_ok(),
        Wire::Boolean => matches!(value, "true" | "false"),
        Wire::Json => serde_json::from_str::<Vec<serde_json::Value>>(value).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A good call with changes, signed afterwards.
    fn call(changes: &[(&str, &str)]) -> Form {
        let good = [
            ("AccessKeyId", ACCESS_KEY_ID),
            ("Action", "DescribePhysicalConnections"),
            ("Format", "JSON"),
            ("RegionId", "cn-hangzhou"),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureNonce", "nonce"),
            ("SignatureVersion", "1.0"),
            ("Timestamp", "2022-07-06T08:01:09Z"),
            ("Version", "2016-04-28"),
        ];
        let pairs = good.iter().chain(changes);
        let mut form: Form = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let signature = v1::signature(SECRET, &v1::string_to_sign("GET", &form));
        form.entry("Signature".to_owned()).or_insert(signature);
        form
    }

    /// A request with this method; what else it has is in the parameters already.
    fn request(method: &str) -> Request {
        Request { method: method.to_owned(), target: "/".to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    fn code(parameters: &Form) -> String {
        check(&request("GET"), parameters, &mut HashSet::new())
            .map_or_else(|fault| fault.code, |_| "good".to_owned())
    }

    #[test]
    fn a_good_call_passes() {
        assert_eq!(code(&call(&[])), "good");
        assert_eq!(code(&call(&[("SecurityToken", SECURITY_TOKEN)])), "good");
        let filter = [("Filter.1.Key", "Name"), ("Filter.1.Value.1", ""), ("Filter.1.Value.12", "中 *")];
        assert_eq!(code(&call(&filter)), "good");
    }

    #[test]
    fn every_fault_has_its_code() {
        let cases = [
            ("AccessKeyId", "LTAI", "InvalidAccessKeyId.NotFound"),
            ("AccessKeyId", "", "MissingParameter"),
            ("SecurityToken", "other", "InvalidSecurityToken.Expired"),
            ("SignatureMethod", "HMAC-SHA256", "IncompleteSignature"),
            ("SignatureVersion", "2.0", "IncompleteSignature"),
            ("Signature", "b3RoZXI=", "SignatureDoesNotMatch"),
            ("SignatureNonce", "", "MissingParameter"),
            ("Timestamp", "2022-07-06T08:01:09+08:00", "InvalidTimeStamp.Format"),
            ("Timestamp", "2022-07-06 08:01:09Z", "InvalidTimeStamp.Format"),
            ("Version", "2014-05-26", "NoSuchVersion"),
            ("Action", "DescribeRegions", "InvalidAction.NotFound"),
            ("RegionId", "", "MissingParameter"),
            ("regionId", "cn-hangzhou", "InvalidParameter"),
            ("PageSize", "ten", "InvalidParameter"),
            ("PageSize", "2147483648", "InvalidParameter"),
            ("IncludeReservationData", "maybe", "InvalidParameter"),
            ("Filter.0.Key", "Name", "InvalidParameter"),
            ("Filter.01.Key", "Name", "InvalidParameter"),
            ("Filter.1", "Name", "InvalidParameter"),
            ("Filter.N.Key", "Name", "InvalidParameter"),
        ];
        for (name, value, expected) in cases {
            assert_eq!(code(&call(&[(name, value)])), expected, "{name}={value}");
        }
    }

    #[test]
    fn a_nonce_is_good_once() {
        let mut nonces = HashSet::new();
        assert!(check(&request("GET"), &call(&[]), &mut nonces).is_ok());
        assert_eq!(check(&request("GET"), &call(&[]), &mut nonces).unwrap_err().code, "SignatureNonceUsed");
    }

    #[test]
    fn the_method_is_signed() {
        let fault = check(&request("POST"), &call(&[]), &mut HashSet::new()).unwrap_err();
        assert!(fault.message.contains("is:POST&%2F&AccessKeyId%3D"), "{fault:?}");
    }
}
