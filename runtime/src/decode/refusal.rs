//! What the service says when it refuses a call.

use super::{Decode, Slot, read, text};

/// A refusal as the service writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefusalBody {
    /// Error code.
    pub code: String,
    /// Message; empty if there is none.
    pub message: String,
    /// Id of the request, by which the provider's support finds it.
    pub request_id: Option<String>,
    /// Host that refused.
    pub host_id: Option<String>,
    /// Address of a page with advice.
    pub recommend: Option<String>,
}

/// The refusal in the body of an answer, in JSON or in XML; none if it has no code. What could be read before a fault
/// in the text counts.
#[must_use]
pub fn refusal(body: &[u8]) -> Option<RefusalBody> {
    let mut fields = Fields::default();
    // The code is what matters: where there is one, the rest of the text may be as it will.
    let _ = text(body).and_then(|text| read(text, &mut fields));
    Some(RefusalBody {
        code: fields.code.filter(|code| !code.is_empty())?,
        message: fields.message.unwrap_or_default(),
        request_id: fields.request_id,
        host_id: fields.host_id,
        recommend: fields.recommend,
    })
}

#[derive(Default)]
struct Fields {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    host_id: Option<String>,
    recommend: Option<String>,
}

impl Decode for Fields {
    fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
        Some(match key {
            "Code" | "code" => Slot::Scalar(&mut self.code),
            "Message" | "message" => Slot::Scalar(&mut self.message),
            "RequestId" | "requestId" => Slot::Scalar(&mut self.request_id),
            "HostId" | "hostId" => Slot::Scalar(&mut self.host_id),
            "Recommend" | "recommend" => Slot::Scalar(&mut self.recommend),
            _ if key == "error" || key.ends_with("Error") || key.ends_with("Response") => Slot::Object(self),
            _ => return None,
        })
    }
}

/// The id of the request, from whatever there is of a body: it need not be whole, nor well-formed.
#[must_use]
pub fn request_id(body: &[u8]) -> Option<String> {
    let body = String::from_utf8_lossy(body);
    // The first letter occurs in both cases.
    body.match_indices("equestId").find_map(|(at, name)| id_after(body.get(at + name.len()..)?))
}

/// The id in `": "ID"` or in `>ID<`.
fn id_after(rest: &str) -> Option<String> {
    let value = match rest.trim_start_matches('"').trim_ascii_start().strip_prefix(':') {
        Some(value) => value.trim_ascii_start().strip_prefix('"')?,
        None => rest.strip_prefix('>')?,
    };
    // Where the body breaks off inside the id, what is left would only mislead.
    let (id, _) = value.split_once(['"', '<'])?;
    let id = id.trim_ascii();
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_id.then(|| id.to_owned())
}
