//! Lists that the service hands out page by page: as a stream of pages, and as a stream of what is on them.
//!
//! What depends on the type of an answer is kept short, since every crate that lists something compiles it again.

#[cfg(test)]
mod tests;
mod turner;

use crate::client::Client;
use crate::decode::Decode;
use crate::error::Error;
use crate::parameters::Parameters;
use crate::request::Request;
use crate::schema::Action;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt::{self, Debug};
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;
pub(crate) use turner::Turner;

/// An answer that is one page of a list.
pub trait Page: Decode + Default + Send + 'static {
    /// What the list holds.
    type Item: Send + 'static;

    /// What is on the page, and what it tells of those behind it.
    fn mark(&self) -> Mark<'_>;

    /// The entries of the page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// What leads from a page to the next.
#[derive(Debug)]
pub struct Mark<'a> {
    items: &'a dyn Debug,
    count: usize,
    total: Option<i64>,
    token: Option<&'a str>,
}

impl<'a> Mark<'a> {
    /// The mark of a page with these entries, as many as that.
    #[must_use]
    pub fn of(items: &'a dyn Debug, count: usize) -> Self {
        Self { items, count, total: None, token: None }
    }

    /// Says how many entries there are on all pages together, if the answer does.
    #[must_use]
    pub fn total(mut self, total: impl Into<Option<i64>>) -> Self {
        self.total = total.into();
        self
    }

    /// Gives the token of the next page, if the answer does.
    #[must_use]
    pub fn token(mut self, token: Option<&'a str>) -> Self {
        self.token = token;
        self
    }
}

/// The pages of a list, one call each. It begins with the page that the request names, and ends with the last one or
/// with an error; what came before the error is there.
///
/// Dropping it ends a call that is under way. It needs no client besides, and may go to another task.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<P, E = Error> {
    client: Client,
    turner: Turner,
    /// How many pages to read ahead; none for the default.
    prefetch: Option<usize>,
    /// Pages that nobody asked for yet.
    ready: VecDeque<P>,
    call: Option<Call<P>>,
    /// What comes behind the pages that are ready.
    failed: Option<Error>,
    /// How many pages were asked for.
    handed_out: usize,
    /// Whether a page that was read ahead could not be had: it is asked for again when it is wanted.
    is_put_off: bool,
    error: PhantomData<fn() -> E>,
}

/// A call that is under way.
struct Call<P> {
    answer: Pin<Box<dyn Future<Output = Result<P, Error>> + Send>>,
    is_ahead: bool,
}

impl<P: Page> Call<P> {
    fn new(client: Client, action: &'static Action, parameters: Parameters, is_ahead: bool) -> Self {
        let answer = Box::pin(async move {
            let mut page = P::default();
            client.typed(action, parameters, &mut page).await?;
            Ok(page)
        });
        Self { answer, is_ahead }
    }
}

impl Client {
    /// The pages of a list; see [`Pages`].
    pub fn pages<R: Request<Response: Page>, E: From<Error>>(&self, request: &R) -> Pages<R::Response, E> {
        Pages {
            client: self.clone(),
            turner: Turner::new(R::ACTION, request.parameters()),
            prefetch: None,
            ready: VecDeque::new(),
            call: None,
            failed: None,
            handed_out: 0,
            is_put_off: false,
            error: PhantomData,
        }
    }

    /// What is on the pages of a list; see [`Items`].
    pub fn items<R: Request<Response: Page>, E: From<Error>>(&self, request: &R) -> Items<R::Response, E> {
        Items { pages: self.pages(request), items: Vec::new().into_iter() }
    }
}

impl<P: Page, E: From<Error>> Pages<P, E> {
    /// How many pages to read ahead, one after the other, while the one before is worked on. Left alone, it is one from
    /// the second page on: who stops on the first page pays for no other. With 0 each page is read when it is asked for.
    ///
    /// Reading ahead goes on whenever the next page or entry is asked for, not in a task of its own. If it fails for a
    /// reason that passes, the page is read again once it is wanted, so that a long pause in between harms nothing.
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.prefetch = Some(pages);
        self
    }

    /// The next page; none at the end. Giving up the future loses nothing: asked again, it goes on with the same call.
    pub async fn next(&mut self) -> Option<Result<P, E>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// Every page that is left, or the first error.
    ///
    /// # Errors
    /// The one that ended the list. The pages before it are lost; take them with [`next`](Self::next) to keep them.
    pub async fn try_collect<C: Default + Extend<P>>(mut self) -> Result<C, E> {
        let mut pages = C::default();
        while let Some(page) = self.next().await {
            pages.extend([page?]);
        }
        Ok(pages)
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P, E>>> {
        loop {
            if let Some(page) = self.ready.pop_front() {
                self.handed_out += 1;
                self.read_ahead(context);
                return Poll::Ready(Some(Ok(page)));
            }
            if !self.begin(false) {
                return Poll::Ready(self.failed.take().map(|error| Err(error.into())));
            }
            ready!(self.poll_call(context));
        }
    }

    /// Goes on with what nobody asked for yet, as far as that goes without waiting.
    fn read_ahead(&mut self, context: &mut Context<'_>) {
        let most = self.prefetch.unwrap_or(usize::from(self.handed_out > 1));
        while self.ready.len() < most
            && !self.is_put_off
            && self.begin(true)
            && self.poll_call(context).is_ready()
        {}
    }

    /// Whether a call is under way, or begins now since there is another page.
    fn begin(&mut self, is_ahead: bool) -> bool {
        self.is_put_off &= is_ahead;
        if self.call.is_none() {
            match self.turner.next() {
                Some(Ok(parameters)) => {
                    let (client, action) = (self.client.clone(), self.turner.action());
                    self.call = Some(Call::new(client, action, parameters, is_ahead));
                }
                Some(Err(error)) => self.failed = Some(error),
                None => {}
            }
        }
        self.call.is_some()
    }

    /// Drives the call that is under way, and takes what comes of it.
    fn poll_call(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(call) = &mut self.call else { return Poll::Ready(()) };
        let (answer, is_ahead) = (ready!(call.answer.as_mut().poll(context)), call.is_ahead);
        self.call = None;
        match answer {
            Ok(page) => {
                if self.turner.turn(&page.mark()) {
                    self.ready.push_back(page);
                }
            }
            Err(error) if is_ahead && error.is_retryable() => self.is_put_off = true,
            Err(error) => {
                self.turner.end();
                self.failed = Some(error);
            }
        }
        Poll::Ready(())
    }
}

impl<P: Page, E: From<Error>> Stream for Pages<P, E> {
    type Item = Result<P, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

/// Nothing in it is ever pinned in its place.
impl<P, E> Unpin for Pages<P, E> {}

impl<P, E> Debug for Pages<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("action", &self.turner.action().name).finish_non_exhaustive()
    }
}

/// What is on the pages of a list, in their order. It ends with the last entry or with an error; what came before the
/// error is there.
///
/// Dropping it ends a call that is under way. It needs no client besides, and may go to another task.
#[must_use = "nothing is sent until an entry is asked for"]
pub struct Items<P: Page, E = Error> {
    pages: Pages<P, E>,
    /// What is left of a page.
    items: vec::IntoIter<P::Item>,
}

impl<P: Page, E: From<Error>> Items<P, E> {
    /// How many pages to read ahead; see [`Pages::prefetch`].
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.pages = self.pages.prefetch(pages);
        self
    }

    /// The next entry; none at the end. Giving up the future loses nothing: asked again, it goes on with the same call.
    pub async fn next(&mut self) -> Option<Result<P::Item, E>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Every entry that is left, or the first error: `let lines: Vec<_> = items.try_collect().await?`.
    ///
    /// # Errors
    /// The one that ended the list. The entries before it are lost; take them with [`next`](Self::next) to keep them.
    pub async fn try_collect<C: Default + Extend<P::Item>>(mut self) -> Result<C, E> {
        let mut items = C::default();
        while let Some(item) = self.next().await {
            items.extend([item?]);
        }
        Ok(items)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item, E>>> {
        loop {
            if let Some(item) = self.items.next() {
                self.pages.read_ahead(context);
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.items = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Page, E: From<Error>> Stream for Items<P, E> {
    type Item = Result<P::Item, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

/// Nothing in it is ever pinned in its place.
impl<P: Page, E> Unpin for Items<P, E> {}

impl<P: Page, E> Debug for Items<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
