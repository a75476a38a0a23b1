//! Waits for states: src/waiters.rs, and what the requests have besides that start something or can be only checked.

use super::{docs, file, scalar_type};
use crate::model::{Action, KeyPart, Model, Origin, Parameter, Resource, Rust, Scalar, Start};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// What lets `id.wait_until(state, &client)` take either client.
pub(super) fn waiters_file(model: &Model) -> String {
    let waiter = waiter();
    let states = model.resources.iter().map(|resource| states(model, resource));
    let keys = keys(model);
    file(&quote! {
        use crate::Caller;
        use aliyun_rpc::{DryRun, Outcome, Request, Starts, Wait};
        #[allow(unused_imports)]
        use aliyun_rpc::{Key, State};
        use std::ops::Deref;

        #waiter
        #(#states)*
        #keys
    })
}

fn waiter() -> TokenStream {
    let of_client = |feature: &str, client: &TokenStream, wrap: &dyn Fn(TokenStream) -> TokenStream| {
        let wait = wrap(quote! { #client::wait(self, wait) });
        let send_and_wait = wrap(quote! { #client::send_and_wait(self, request) });
        let dry_run = wrap(quote! { #client::dry_run(self, request) });
        quote! {
            #[cfg(feature = #feature)]
            impl Waiter for #client {
                #[inline]
                fn wait<'a, T: Outcome + 'a>(&'a self, wait: Wait<T>) -> Self::Sent<'a, T> {
                    #wait
                }

                #[inline]
                fn send_and_wait<'a, R: Starts + Sync>(
                    &'a self,
                    request: &'a R,
                ) -> Self::Sent<'a, (R::Response, R::Outcome)> {
                    #send_and_wait
                }

                #[inline]
                fn dry_run<'a, R: Request + Sync>(&'a self, request: &'a R) -> Self::Sent<'a, DryRun> {
                    #dry_run
                }
            }
        }
    };
    let asynchronous = of_client("client", &quote! { crate::Client }, &|call| quote! { Box::pin(#call) });
    let blocking = of_client("blocking", &quote! { crate::blocking::Client }, &|call| call);
    quote! {
        /// What waits: `Client`, whose waits are awaited, or `blocking::Client`; or a pointer to one. Thus
        /// `id.wait_until(state, &client)` is the same call with both.
        pub trait Waiter: Caller {
            /// Waits until a resource is in a state, or gone.
            fn wait<'a, T: Outcome + 'a>(&'a self, wait: Wait<T>) -> Self::Sent<'a, T>;

            /// Sends a request that sets a transition going, and waits for its end.
            fn send_and_wait<'a, R: Starts + Sync>(
                &'a self,
                request: &'a R,
            ) -> Self::Sent<'a, (R::Response, R::Outcome)>;

            /// Has the service check a request without carrying it out.
            fn dry_run<'a, R: Request + Sync>(&'a self, request: &'a R) -> Self::Sent<'a, DryRun>;
        }

        #asynchronous
        #blocking

        impl<P: Deref + ?Sized> Waiter for P
        where
            P::Target: Waiter,
        {
            #[inline]
            fn wait<'a, T: Outcome + 'a>(&'a self, wait: Wait<T>) -> Self::Sent<'a, T> {
                (**self).wait(wait)
            }

            #[inline]
            fn send_and_wait<'a, R: Starts + Sync>(
                &'a self,
                request: &'a R,
            ) -> Self::Sent<'a, (R::Response, R::Outcome)> {
                (**self).send_and_wait(request)
            }

            #[inline]
            fn dry_run<'a, R: Request + Sync>(&'a self, request: &'a R) -> Self::Sent<'a, DryRun> {
                (**self).dry_run(request)
            }
        }
    }
}

/// The calls that both clients have besides; `waiting` makes them async or not.
pub(super) fn calls(asyncness: &TokenStream, awaited: &TokenStream) -> TokenStream {
    quote! {
        /// Waits until a resource is in a state, or gone; see [`Wait`](crate::Wait) for when it ends early. Ids and other
        /// keys have it in short: `id.wait_until(state, &client)`.
        ///
        /// # Errors
        /// When the goal was not reached, and when the resource cannot be looked at.
        pub #asyncness fn wait<T: aliyun_rpc::Outcome>(&self, wait: aliyun_rpc::Wait<T>) -> Result<T, Error> {
            Ok(self.0.wait(wait) #awaited?)
        }

        /// Sends a request that sets a transition going, and waits for its end. It gives the answer and the state.
        ///
        /// # Errors
        /// As for [`Client::send`] and [`Client::wait`]. After an error of the wait the call has had its effect, and must not
        /// be sent again: [`Error::started`] tells which it was and what names the resource.
        pub #asyncness fn send_and_wait<R: aliyun_rpc::Starts + Sync>(
            &self,
            request: &R,
        ) -> Result<(R::Response, R::Outcome), Error> {
            Ok(self.0.send_and_wait(request) #awaited?)
        }

        /// Has the service check a request without carrying it out. As it changes nothing, it is repeated as a look-up
        /// is.
        ///
        /// # Errors
        /// As for [`Client::send`]; when the action has no dry run, too.
        pub #asyncness fn dry_run<R: Request>(&self, request: &R) -> Result<aliyun_rpc::DryRun, Error> {
            Ok(self.0.dry_run(request) #awaited?)
        }
    }
}

/// The feature of the group whose action shows the state.
fn feature<'a>(model: &'a Model, resource: &Resource) -> Option<&'a str> {
    model.look_up(resource).map(|action| action.group.as_str())
}

/// The enum of the states, and what names the resource.
fn states(model: &Model, resource: &Resource) -> TokenStream {
    let Some(feature) = feature(model, resource) else { return quote! {} };
    let (status, name) = (&resource.status, &resource.name);
    let parts = model.key(resource);
    let (key, values) = match only_id(&parts) {
        Some(id) => (id.clone(), quote! { vec![self.to_string()] }),
        None => {
            let fields = parts.iter().map(|part| &part.rust);
            (key_name(resource), quote! { vec![#(self.#fields.to_string()),*] })
        }
    };
    quote! {
        #[cfg(feature = #feature)]
        impl State for crate::types::#status {
            const RESOURCE: &'static str = #name;

            fn service() -> &'static aliyun_rpc::schema::Service {
                &crate::schema::SERVICE
            }
        }

        #[cfg(feature = #feature)]
        impl Key<crate::types::#status> for crate::types::#key {
            fn values(&self) -> Vec<String> {
                #values
            }
        }
    }
}

/// The id that alone names a resource.
fn only_id(parts: &[KeyPart]) -> Option<&Rust> {
    match parts {
        [KeyPart { scalar: Scalar::Id(id), .. }] => Some(id),
        _ => None,
    }
}

fn key_name(resource: &Resource) -> Rust {
    Rust::given(&resource.name).with("Key")
}

/// The methods of ids and other keys, each type once.
fn keys(model: &Model) -> TokenStream {
    let mut types: BTreeMap<Rust, Vec<&Resource>> = BTreeMap::new();
    for resource in &model.resources {
        let parts = model.key(resource);
        let key = only_id(&parts).cloned().unwrap_or_else(|| key_name(resource));
        types.entry(key).or_default().push(resource);
    }
    let methods = types.iter().map(|(key, resources)| methods(model, key, resources));
    quote! { #(#methods)* }
}

fn methods(model: &Model, key: &Rust, resources: &[&Resource]) -> TokenStream {
    let features: BTreeSet<&str> = resources.iter().filter_map(|resource| feature(model, resource)).collect();
    let features: Vec<&str> = features.into_iter().collect();
    let condition = match features.as_slice() {
        [only] => quote! { #[cfg(feature = #only)] },
        several => quote! { #[cfg(any(#(feature = #several),*))] },
    };
    let states: Vec<String> =
        resources.iter().map(|one| format!("[`{0}`](crate::types::{0})", one.status)).collect();
    let first = resources.first().map_or("Status", |resource| resource.status.as_str());
    let until = docs(&format!(
        "Waits until the resource is in this state, a value of {}. See [`Wait`](crate::Wait) for how it looks, how long, \
         and when it ends early; with [`Wait`](crate::Wait) itself all that can be chosen.\n\n\
         # Errors\nWhen the state was not reached, and when the resource cannot be looked at.",
        states.join(" or ")
    ));
    let gone = match resources {
        [_] => String::new(),
        _ => format!(" Say what is meant to be gone: `wait_until_gone::<{first}, _>(&client)`."),
    };
    let gone = docs(&format!(
        "Waits until the resource is gone.{gone}\n\n# Errors\nWhen it is not gone in time, or nothing was begun that leads \
         there, and when the resource cannot be looked at."
    ));
    quote! {
        #condition
        impl crate::types::#key {
            #until
            #[inline]
            pub fn wait_until<'a, S: State + 'a, C: Waiter + ?Sized>(&self, state: S, client: &'a C) -> C::Sent<'a, S>
            where
                Self: Key<S>,
            {
                client.wait(Wait::until(self, &state))
            }

            #gone
            #[inline]
            pub fn wait_until_gone<'a, S: State, C: Waiter + ?Sized>(&self, client: &'a C) -> C::Sent<'a, ()>
            where
                Self: Key<S>,
            {
                client.wait(Wait::until_gone(self))
            }
        }
    }
}

/// The types of keys that are no id: src/types/keys.rs.
pub(super) fn keys_file(model: &Model) -> String {
    let keys = model.resources.iter().filter_map(|resource| key_type(model, resource));
    file(&quote! {
        //! What names a resource that has no id of its own, or needs more than that to be found.

        #(#keys)*
    })
}

/// Names of the types in that file.
pub(super) fn key_types(model: &Model) -> Vec<Rust> {
    let without_id = model.resources.iter().filter(|resource| only_id(&model.key(resource)).is_none());
    without_id.map(key_name).collect()
}

fn key_type(model: &Model, resource: &Resource) -> Option<TokenStream> {
    let parts = model.key(resource);
    if only_id(&parts).is_some() {
        return None;
    }
    let name = key_name(resource);
    let documentation =
        docs(&format!("What names this resource, to wait for its state: {}", resource.summary));
    let fields = parts.iter().map(|part| {
        let (rust, scalar) = (&part.rust, scalar_type(&part.scalar, false));
        let scalar = match part.scalar {
            Scalar::Id(_) | Scalar::Enum(_) => quote! { super::#scalar },
            Scalar::Runtime(_) => quote! { aliyun_rpc::#scalar },
            _ => scalar,
        };
        let documentation = docs(&format!("`{}` of the resource.", part.wire));
        quote! { #documentation pub #rust: #scalar }
    });
    Some(quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct #name {
            #(#fields),*
        }
    })
}

/// What an action has besides that starts something or can be only checked; nothing for any other.
pub(super) fn of_action(model: &Model, action: &Action) -> TokenStream {
    let started = model.start(action).map(|start| started(model, action, &start));
    let checked = action.dry_run.is_some().then(|| checked(action));
    quote! { #started #checked }
}

fn checked(action: &Action) -> TokenStream {
    let request = &action.rust;
    quote! {
        #[cfg(any(feature = "client", feature = "blocking"))]
        impl #request {
            /// Has the service check the request without carrying it out: with a `Client`, await what it gives; with a
            /// `blocking::Client`, it gives the outcome. As it changes nothing, it is repeated as a look-up is.
            ///
            /// # Errors
            /// As for [`send`](Self::send): above all when the service would not carry the request out.
            #[inline]
            pub fn dry_run<'a, C: crate::Waiter + ?Sized>(&'a self, client: &'a C) -> C::Sent<'a, crate::DryRun> {
                client.dry_run(self)
            }
        }
    }
}

fn started(model: &Model, action: &Action, start: &Start<'_>) -> TokenStream {
    let request = &action.rust;
    let response = &action.response_type;
    let status = &start.resource.status;
    let outcome = if start.goals.is_empty() {
        quote! { () }
    } else {
        quote! { crate::types::#status }
    };
    let condition = condition(model, action, start.resource);
    let documentation = docs(&text(start));
    let missing = missing(start);
    let is_answered = start.parts.iter().any(|part| matches!(part, Origin::Answer(_)));
    let answer = if is_answered {
        quote! { response }
    } else {
        quote! { _ }
    };
    let wait = wait(model, action, start);
    quote! {
        #condition
        impl aliyun_rpc::Starts for #request {
            type Outcome = #outcome;

            fn missing(&self) -> Option<&'static str> {
                #missing
            }

            fn wait(&self, #answer: &Self::Response) -> Option<aliyun_rpc::Wait<Self::Outcome>> {
                #wait
            }
        }

        #condition
        impl #request {
            #documentation
            #[inline]
            pub fn send_and_wait<'a, C: crate::Waiter + ?Sized>(
                &'a self,
                client: &'a C,
            ) -> C::Sent<'a, (#response, #outcome)> {
                client.send_and_wait(self)
            }
        }
    }
}

/// There is a client, and the look-up of the resource.
fn condition(model: &Model, action: &Action, resource: &Resource) -> TokenStream {
    match feature(model, resource) {
        Some(feature) if feature != action.group => {
            quote! { #[cfg(all(any(feature = "client", feature = "blocking"), feature = #feature))] }
        }
        _ => quote! { #[cfg(any(feature = "client", feature = "blocking"))] },
    }
}

fn text(start: &Start<'_>) -> String {
    let states: Vec<String> = start.goals.iter().map(|state| format!("`{state}`")).collect();
    let (end, given) = match states.as_slice() {
        [] => ("gone".to_owned(), "the answer"),
        states => (states.join(" or "), "the answer and the state"),
    };
    format!(
        "Sends the request, and waits until the resource ({}) is {end}. It gives {given}.\n\n\
         # Errors\nAs for [`send`](Self::send). When the state is not reached, [`Error::started`](crate::Error::started) \
         tells that the request has had its effect, and what names the resource.",
        start.resource.name
    )
}

/// Tells what part of the key the request leaves out, or leaves empty.
fn missing(start: &Start<'_>) -> TokenStream {
    let checks = start.parts.iter().filter_map(|part| match part {
        Origin::Request(parameter) if !parameter.is_needed() => {
            let (rust, wire) = (&parameter.rust, &parameter.wire);
            Some(quote! {
                if self.#rust.as_ref().is_none_or(|value| value.to_string().trim().is_empty()) {
                    return Some(#wire);
                }
            })
        }
        _ => None,
    });
    quote! { #(#checks)* None }
}

fn wait(model: &Model, action: &Action, start: &Start<'_>) -> TokenStream {
    let key = key_value(model, start);
    let status = &start.resource.status;
    let goals = start.goals.iter().filter_map(|goal| model.variant(status, goal));
    let wait = if start.goals.is_empty() {
        quote! { aliyun_rpc::Wait::until_gone::<crate::types::#status>(&key) }
    } else {
        quote! { aliyun_rpc::Wait::until_any(&key, [#(&crate::types::#status::#goals),*]) }
    };
    let put_off = start.begins_at_goal.then(|| quote! { .begins_at_goal() });
    let region = action.parameters.iter().find(|parameter| parameter.wire == model.region_parameter);
    let wait = match region.map(|Parameter { rust, .. }| rust) {
        Some(region) => quote! {
            let wait = #wait #put_off;
            Some(match &self.#region {
                Some(region) => wait.region(region.as_str()),
                None => wait,
            })
        },
        None => quote! { Some(#wait #put_off) },
    };
    quote! { let key = #key; #wait }
}

fn key_value(model: &Model, start: &Start<'_>) -> TokenStream {
    let parts = model.key(start.resource);
    let values: Vec<TokenStream> = start.parts.iter().map(origin).collect();
    if only_id(&parts).is_some() {
        return quote! { #(#values)* };
    }
    let (name, fields) = (key_name(start.resource), parts.iter().map(|part| &part.rust));
    quote! { crate::types::#name { #(#fields: #values),* } }
}

fn origin(part: &Origin<'_>) -> TokenStream {
    match part {
        Origin::Request(parameter) => {
            let rust = &parameter.rust;
            if parameter.is_needed() {
                quote! { self.#rust.clone() }
            } else {
                quote! { self.#rust.clone()? }
            }
        }
        Origin::Answer(field) => {
            let rust = &field.rust;
            if field.always {
                quote! { response.#rust.clone() }
            } else {
                quote! { response.#rust.clone()? }
            }
        }
    }
}
