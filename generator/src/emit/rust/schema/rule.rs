//! Rules between parameters.

use super::option;
use crate::model::{Rule, RuleKind, Values, When};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn rule(rule: &Rule) -> TokenStream {
    let (kind, refused_as, inferred) = (kind(&rule.kind), option(rule.refused_as.as_ref()), rule.inferred);
    quote! { Rule { kind: RuleKind::#kind, refused_as: #refused_as, inferred: #inferred } }
}

fn kind(kind: &RuleKind) -> TokenStream {
    match kind {
        RuleKind::RangeBy { parameter, by, default, ranges } => {
            let default = option(default.as_ref());
            let ranges = ranges.iter().map(|(value, min, max)| quote! { (#value, #min, #max) });
            quote! { RangeBy { parameter: #parameter, by: #by, default: #default, ranges: &[#(#ranges),*] } }
        }
        RuleKind::RequiredIf { parameters, when } => {
            let when = self::when(when);
            quote! { RequiredIf { parameters: &[#(#parameters),*], when: #when } }
        }
        RuleKind::AllowedIf { parameters, when } => {
            let when = self::when(when);
            quote! { AllowedIf { parameters: &[#(#parameters),*], when: #when } }
        }
        RuleKind::ValueIf { parameter, one_of, when } => {
            let when = self::when(when);
            quote! { ValueIf { parameter: #parameter, one_of: &[#(#one_of),*], when: #when } }
        }
        RuleKind::AtLeastOne(sets) => {
            let sets = sets.iter().map(|set| quote! { &[#(#set),*] });
            quote! { AtLeastOne(&[#(#sets),*]) }
        }
        RuleKind::AtMostOne(sets) => {
            let sets = sets.iter().map(|set| quote! { &[#(#set),*] });
            quote! { AtMostOne(&[#(#sets),*]) }
        }
        RuleKind::SameSubnet { addresses, mask } => {
            quote! { SameSubnet { addresses: &[#(#addresses),*], mask: #mask } }
        }
    }
}

fn when(when: &When) -> TokenStream {
    let (parameter, default) = (&when.parameter, option(when.default.as_ref()));
    let values = match &when.values {
        Values::Given => quote! { Values::Given },
        Values::OneOf(values) => quote! { Values::OneOf(&[#(#values),*]) },
    };
    quote! { When { parameter: #parameter, values: #values, default: #default } }
}
