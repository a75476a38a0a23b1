mod broken;
mod fields;
mod refusals;
mod shapes;
mod values;

use super::{Decode, DecodeError, Slot, answer};
use crate::text::Sensitive;

/// Declares a structure as the generator would.
macro_rules! structure {
    ($name:ident { $($field:ident: $type:ty = $slot:ident $key:literal $($wrapper:literal)?,)* }) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(super) struct $name {
            $(pub(super) $field: $type,)*
        }

        impl Decode for $name {
            fn slot(&mut self, key: &str) -> Option<Slot<'_>> {
                match key {
                    $($key => Some(Slot::$slot(&mut self.$field $(, $wrapper)?)),)*
                    _ => None,
                }
            }
        }
    };
}

structure! { Answer {
    request_id: Option<String> = Scalar "RequestId",
    total: Option<i64> = Scalar "TotalCount",
    success: Option<bool> = Scalar "Success",
    secret: Option<Sensitive<i64>> = Scalar "Secret",
    lines: Vec<Line> = List "LineSet" "LineType",
    shared: Vec<Line> = List "SharedLines" "",
    ids: Vec<String> = List "Ids" "Id",
    vlans: Vec<i64> = List "Vlans" "",
    detail: Option<Line> = Object "Detail",
} }

structure! { Line {
    name: Option<String> = Scalar "Name",
    bandwidth: Option<i64> = Scalar "Bandwidth",
    features: Vec<Feature> = List "Features" "Feature",
} }

structure! { Feature {
    key: Option<String> = Scalar "Key",
    name: Option<String> = Scalar "Name",
} }

pub(super) fn read(text: &str) -> Answer {
    try_read(text.as_bytes()).unwrap_or_else(|error| panic!("{error} in {text}"))
}

pub(super) fn fail(text: &str) -> DecodeError {
    match try_read(text.as_bytes()) {
        Ok(read) => panic!("{text} was read as {read:?}"),
        Err(error) => error,
    }
}

pub(super) fn try_read(text: &[u8]) -> Result<Answer, DecodeError> {
    let mut read = Answer::default();
    answer(text, "DescribeLines", &mut read).map(|_| read)
}

pub(super) fn named(name: &str) -> Line {
    Line { name: Some(name.to_owned()), ..Line::default() }
}
