//! Lists that the service hands out page by page: iterators over the streams of the other client.

use super::{Client, block_on};
use crate::error::Error;
use crate::pages::{self, Page};
use crate::request::Request;
use std::iter::FusedIterator;

/// The pages of a list, one call each, made when its page is asked for. It begins with the page that the request names,
/// and ends with the last one or with an error; what came before the error is there.
#[derive(Debug)]
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<P, E = Error>(pages::Pages<P, E>);

/// What is on the pages of a list, in their order, each page read when it is needed. It ends with the last entry or with
/// an error; what came before the error is there.
#[derive(Debug)]
#[must_use = "nothing is sent until an entry is asked for"]
pub struct Items<P: Page, E = Error>(pages::Items<P, E>);

impl Client {
    /// The pages of a list; see [`Pages`].
    pub fn pages<R: Request<Response: Page>, E: From<Error>>(&self, request: &R) -> Pages<R::Response, E> {
        Pages(self.0.pages(request).prefetch(0))
    }

    /// What is on the pages of a list; see [`Items`].
    pub fn items<R: Request<Response: Page>, E: From<Error>>(&self, request: &R) -> Items<R::Response, E> {
        Items(self.0.items(request).prefetch(0))
    }
}

impl<P: Page, E: From<Error>> Iterator for Pages<P, E> {
    type Item = Result<P, E>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<P: Page, E: From<Error>> FusedIterator for Pages<P, E> {}

impl<P: Page, E: From<Error>> Iterator for Items<P, E> {
    type Item = Result<P::Item, E>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<P: Page, E: From<Error>> FusedIterator for Items<P, E> {}
