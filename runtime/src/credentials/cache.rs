//! Keeps session credentials until shortly before they expire, and has one caller fetch new ones.

use super::{Credentials, CredentialsError, ProvideCredentials, ProviderContext, Providing, observe};
use futures_util::lock::{Mutex as AsyncMutex, MutexGuard as AsyncMutexGuard};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// How long before they expire credentials are renewed; with less than twice that left, halfway.
const AHEAD: Duration = Duration::from_secs(15 * 60);

/// How long to go on with the old ones after new ones could not be had.
const PAUSE: Duration = Duration::from_secs(10);

/// Keeps what another source gives, for a source that takes long.
///
/// Credentials with an [expiry](Credentials::expiry) are renewed 15 minutes before it (or halfway, if they last less
/// than half an hour), by one caller: while the old ones last the others go on with them, and after that they wait
/// for the one. A renewal that fails while the old ones last is tried again ten seconds later. Credentials without an
/// expiry are kept for good.
#[derive(Debug)]
pub struct Cached<P> {
    source: P,
    cache: Cache,
}

impl<P: ProvideCredentials> Cached<P> {
    /// Keeps what `source` gives.
    pub fn new(source: P) -> Self {
        Self { source, cache: Cache::default() }
    }
}

impl<P: ProvideCredentials> ProvideCredentials for Cached<P> {
    fn provide<'a>(&'a self, context: ProviderContext<'a>) -> Providing<'a> {
        self.cache.provide(context, move || self.source.provide(context))
    }
}

/// What a source that asks over the network keeps.
#[derive(Default)]
pub(super) struct Cache {
    kept: Mutex<Option<Kept>>,
    turns: Turns,
}

#[derive(Clone)]
struct Kept {
    credentials: Credentials,
    /// None: never.
    renew_at: Option<SystemTime>,
}

impl Kept {
    fn is_fresh(&self, now: SystemTime) -> bool {
        self.lasts(now) && self.renew_at.is_none_or(|time| now < time)
    }

    fn lasts(&self, now: SystemTime) -> bool {
        self.credentials.expiry().is_none_or(|time| now < time)
    }
}

impl Cache {
    /// What is kept, as long as it is fresh; otherwise what `fetch` gives.
    pub(super) fn provide<'a>(
        &'a self,
        context: ProviderContext<'a>,
        fetch: impl FnOnce() -> Providing<'a> + Send + 'a,
    ) -> Providing<'a> {
        match self.kept() {
            Some(kept) if kept.is_fresh(context.now()) => Box::pin(std::future::ready(Ok(kept.credentials))),
            _ => Box::pin(self.renew(context, fetch)),
        }
    }

    /// One caller fetches. If its future is dropped, the next one takes over.
    async fn renew<'a>(
        &'a self,
        context: ProviderContext<'a>,
        fetch: impl FnOnce() -> Providing<'a>,
    ) -> Result<Credentials, CredentialsError> {
        let old = self.kept().filter(|kept| kept.lasts(context.now()));
        let _turn = match old {
            Some(old) => match self.turns.free() {
                Some(turn) => turn,
                None => return Ok(old.credentials),
            },
            None => self.turns.wait().await?,
        };
        if let Some(kept) = self.kept().filter(|kept| kept.is_fresh(context.now())) {
            return Ok(kept.credentials);
        }
        match fetch().await.and_then(Credentials::checked) {
            Ok(credentials) => Ok(self.keep(credentials, context.now())),
            Err(error) => self.fall_back(error, context.now()),
        }
    }

    fn keep(&self, credentials: Credentials, now: SystemTime) -> Credentials {
        let renew_at = credentials.expiry().map(|expiry| {
            let lifetime = expiry.duration_since(now).unwrap_or_default();
            expiry - AHEAD.min(lifetime / 2)
        });
        *locked(&self.kept) = Some(Kept { credentials: credentials.clone(), renew_at });
        credentials
    }

    /// The old credentials if they last, and the error otherwise.
    fn fall_back(&self, error: CredentialsError, now: SystemTime) -> Result<Credentials, CredentialsError> {
        match locked(&self.kept).as_mut().filter(|kept| kept.lasts(now)) {
            Some(kept) => {
                observe::not_renewed(&error);
                kept.renew_at = Some(now + PAUSE);
                Ok(kept.credentials.clone())
            }
            None => Err(self.turns.failed(error)),
        }
    }

    fn kept(&self) -> Option<Kept> {
        locked(&self.kept).clone()
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expiry = self.kept().and_then(|kept| kept.credentials.expiry());
        f.debug_struct("Cache").field("expiry", &expiry).finish_non_exhaustive()
    }
}

/// Lets one caller at a time do what all want done, and tells those who waited for it if it failed: a herd that
/// tries the same one after another would help nobody.
#[derive(Default)]
pub(super) struct Turns {
    turn: AsyncMutex<()>,
    failures: Mutex<(u64, Option<CredentialsError>)>,
}

pub(super) type Turn<'a> = AsyncMutexGuard<'a, ()>;

impl Turns {
    /// A turn, if nobody has it.
    fn free(&self) -> Option<Turn<'_>> {
        self.turn.try_lock()
    }

    /// Waits for a turn, or for the failure of the one who has it.
    pub(super) async fn wait(&self) -> Result<Turn<'_>, CredentialsError> {
        let before = locked(&self.failures).0;
        let turn = self.turn.lock().await;
        match &*locked(&self.failures) {
            (count, Some(error)) if *count != before => Err(error.clone()),
            _ => Ok(turn),
        }
    }

    /// Tells those who wait. To be called while one has the turn.
    pub(super) fn failed(&self, error: CredentialsError) -> CredentialsError {
        let mut failures = locked(&self.failures);
        *failures = (failures.0.wrapping_add(1), Some(error.clone()));
        error
    }
}

/// What a mutex guards here is whole even if somebody panicked over it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
