//! Requests that are only checked.

use super::{Call, Client, Inner};
use crate::decode;
use crate::error::{Error, ErrorKind, Refusal, Secrets};
use crate::parameters::Parameters;
use crate::raw_answer::RawAnswer;
use crate::request::Request;
use crate::schema::Action;
use crate::transport::http;
use std::future::Future;
use std::pin::Pin;

/// The service would have carried the request out, as far as it could check: its parameters, its form and the state of
/// the resource. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DryRun {
    /// Id that the service gave to the request.
    pub request_id: Option<String>,
}

type Rehearsing<'a> = Pin<Box<dyn Future<Output = Result<DryRun, Error>> + Send + 'a>>;

impl Client {
    /// Has the service check a request without carrying it out. As it changes nothing, it is repeated as a look-up is; a
    /// refusal for the state in which a resource is ends it at once.
    ///
    /// # Errors
    /// See [`ErrorKind`]; [`ErrorKind::Refused`] when the service would not carry it out, and [`ErrorKind::Unfit`] for an
    /// action that has no dry run.
    pub async fn dry_run<R: Request>(&self, request: &R) -> Result<DryRun, Error> {
        self.rehearse(R::ACTION, request.parameters()).await
    }

    /// It is neither generic nor an `async fn`, so that it is compiled once.
    fn rehearse<'a>(&'a self, action: &'static Action, parameters: Parameters) -> Rehearsing<'a> {
        Box::pin(
            async move { self.0.rehearse(action, parameters).await.map_err(|error| error.of(action.name)) },
        )
    }
}

impl Inner {
    async fn rehearse(&self, action: &'static Action, mut parameters: Parameters) -> Result<DryRun, Error> {
        let Some(dry_run) = action.dry_run else {
            let text = "the spec names no parameter for a dry run of this action".to_owned();
            return Err(Error::new(ErrorKind::Unfit(text)));
        };
        parameters.set(dry_run, "true");
        let call = Call { is_dry_run: true, ..Call::of(action) };
        self.complete(action, &mut parameters)?;
        self.check(action, &parameters)?;
        match self.exchange(&call, &mut parameters).await {
            Ok((answer, course)) => {
                if let Some(refusal) = refused(action, &parameters, &answer) {
                    return Err(Error::new(ErrorKind::Refused(refusal)).after(course));
                }
                match decode::answer(answer.body(), action.name, &mut RawAnswer::default()) {
                    Ok(request_id) => Ok(DryRun { request_id }),
                    Err(error) => {
                        let (status, body) = (answer.status().as_u16(), answer.body());
                        Err(call.unreadable_success(status, body, error.to_string(), course))
                    }
                }
            }
            // Some actions say so with a code, which looks like a refusal.
            Err(error) if error.code().is_some() && error.code() == action.service.dry_run_code => {
                Ok(DryRun { request_id: error.request_id().map(str::to_owned) })
            }
            Err(error) => Err(error),
        }
    }
}

/// A refusal that arrives with a successful status, as the success of a dry run does: a code that the spec knows, and
/// that does not stand for success.
fn refused(
    action: &'static Action,
    parameters: &Parameters,
    answer: &http::Response<Vec<u8>>,
) -> Option<Refusal> {
    let service = action.service;
    let said = decode::refusal(answer.body())?;
    if Some(said.code.as_str()) == service.dry_run_code || service.error(&said.code).is_none() {
        return None;
    }
    let secrets = Secrets::of(Some(action), parameters);
    Some(Refusal::new(answer.status().as_u16(), said, service, Some(action), &secrets))
}
