//! Pages: an action that reads, parameters that lead on, a list in the answer.

use super::rules::{check_number, single};
use crate::diagnostics::{Code, Fault, Faults, Text, suggest};
use crate::model::{Resolver, Scalar};
use crate::spec::{Action, Effect, Field, FieldShape, PageStyle, Pages, Spec};

pub(super) fn check(spec: &Spec, resolver: &Resolver<'_>, faults: &mut Faults) {
    for action in &spec.actions {
        if let Some(pages) = &action.pages {
            check_effect(pages, action, faults);
            check_parameters(pages, action, resolver, faults);
            check_fields(pages, action, resolver, faults);
        }
    }
}

fn check_effect(pages: &Pages, action: &Action, faults: &mut Faults) {
    if action.effect != Effect::Read {
        let fault = Fault::new(
            Code::PagesOfAWrite,
            pages.spot,
            format!("`{}` has pages, but does not read", action.name.value),
        );
        faults.add(fault.hint("each page is a call of its own: remove `pages`, or write `effect: read`"));
    }
}

fn check_parameters(pages: &Pages, action: &Action, resolver: &Resolver<'_>, faults: &mut Faults) {
    let lead = &pages.parameter;
    match pages.style {
        PageStyle::Number => check_number_parameter(lead, action, resolver, faults),
        PageStyle::Token => {
            if let Some((_, type_name)) = single(lead, action, faults) {
                check_text(lead, type_name, resolver, faults);
            }
        }
    }
    match &pages.size {
        Some(size) if size.value == lead.value => {
            let fault = Fault::new(
                Code::PageSizeLeads,
                size.spot,
                format!("`{}` cannot be the size, too", size.value),
            );
            let fault = fault.related(lead.spot, "it leads to the next page");
            faults.add(fault.hint("name the parameter that says how many entries a page may have"));
        }
        Some(size) => check_number_parameter(size, action, resolver, faults),
        None => {}
    }
}

fn check_number_parameter(name: &Text, action: &Action, resolver: &Resolver<'_>, faults: &mut Faults) {
    if let Some((_, type_name)) = single(name, action, faults) {
        check_number(name, type_name, resolver, faults);
    }
}

fn check_fields(pages: &Pages, action: &Action, resolver: &Resolver<'_>, faults: &mut Faults) {
    check_items(&pages.items, action, faults);
    if let Some(total) = &pages.total
        && let Some((_, type_name)) = value(total, action, faults)
    {
        check_number(total, type_name, resolver, faults);
    }
    if pages.style == PageStyle::Token {
        check_token(&pages.parameter, action, resolver, faults);
    }
}

fn check_items(name: &Text, action: &Action, faults: &mut Faults) {
    let Some(field) = find(name, action, faults) else { return };
    if !matches!(field.shape, FieldShape::List(_)) {
        let fault = Fault::new(Code::PagesWithoutList, name.spot, format!("`{}` is no list", name.value));
        let lists = action.response.iter().filter(|field| matches!(field.shape, FieldShape::List(_)));
        let hint = suggest(name.as_str(), lists.map(|field| field.name.as_str()));
        faults.add(fault.related(field.name.spot, "declared here").hint(hint));
    }
}

/// The field with the token of the next page: programs hand it on as it is.
fn check_token(name: &Text, action: &Action, resolver: &Resolver<'_>, faults: &mut Faults) {
    let Some((field, type_name)) = value(name, action, faults) else { return };
    let of_type = || resolver.is_sensitive(type_name.as_str());
    if field.common.sensitive.unwrap_or_else(of_type) {
        let fault =
            Fault::new(Code::SensitiveToken, name.spot, format!("the token `{}` is sensitive", name.value));
        faults.add(
            fault.related(field.name.spot, "declared here").hint("a token is no secret: remove `sensitive`"),
        );
        return;
    }
    check_text(name, type_name, resolver, faults);
}

fn check_text(name: &Text, type_name: &Text, resolver: &Resolver<'_>, faults: &mut Faults) {
    if resolver.knows(type_name.as_str()) && resolver.scalar(type_name.as_str()) != Scalar::String {
        let fault =
            Fault::new(Code::TokenIsNoText, name.spot, format!("the token `{}` is no text", name.value));
        let fault = fault.related(type_name.spot, "its type");
        faults.add(fault.hint("give it a type of types/texts.yaml without a form, or `String`"));
    }
}

/// The field of this name at the top of the answer, and the type of its value, of which it must hold one alone.
fn value<'a>(name: &Text, action: &'a Action, faults: &mut Faults) -> Option<(&'a Field, &'a Text)> {
    let field = find(name, action, faults)?;
    if let FieldShape::Value(type_name) = &field.shape {
        return Some((field, type_name));
    }
    let fault = Fault::new(
        Code::SingleValueWanted,
        name.spot,
        format!("`{}` does not hold a single value", name.value),
    );
    let fault = fault.related(field.name.spot, "declared here");
    faults.add(fault.hint("name a field that is declared with `type`"));
    None
}

/// The field of this name at the top of the answer.
fn find<'a>(name: &Text, action: &'a Action, faults: &mut Faults) -> Option<&'a Field> {
    let found = action.response.iter().find(|field| field.name.value == name.value);
    if found.is_none() {
        let known = action.response.iter().map(|field| field.name.as_str());
        let text = format!("the answer of `{}` has no field `{}`", action.name.value, name.value);
        faults.add(Fault::new(Code::UnknownPageName, name.spot, text).hint(suggest(name.as_str(), known)));
    }
    found
}
