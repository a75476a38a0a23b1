//! Hosts of the service: they become a part of every URL.

use crate::diagnostics::{Code, Fault, Faults, Text};
use crate::spec::Endpoints;

/// What stands for the id of a region.
const REGION: &str = "{region}";

pub(super) fn check(endpoints: &Endpoints, faults: &mut Faults) {
    check_host(&endpoints.central, endpoints.central.as_str(), faults);
    for template in [&endpoints.regional, &endpoints.vpc] {
        // An empty one has been told already.
        if !template.value.is_empty() && !template.value.contains(REGION) {
            let fault = Fault::new(
                Code::HostWithoutRegion,
                template.spot,
                format!("a host of every region without `{REGION}`"),
            );
            faults.add(fault.hint(format!("write `{REGION}` where the id of the region belongs")));
        }
        check_host(template, &template.value.replace(REGION, "region"), faults);
    }
    for (region, host) in &endpoints.exceptions {
        if !is_label(region.as_str()) {
            let fault =
                Fault::new(Code::NotARegion, region.spot, format!("`{}` is no id of a region", region.value));
            faults.add(fault.hint("use letters, digits and hyphens: `cn-hangzhou`"));
        }
        check_host(host, host.as_str(), faults);
    }
}

fn check_host(written: &Text, host: &str, faults: &mut Faults) {
    if !host.is_empty() && !host.split('.').all(is_label) {
        let fault = Fault::new(Code::NotAHost, written.spot, format!("`{}` is no host name", written.value));
        faults.add(fault.hint("use letters, digits, hyphens and dots, without scheme, port or path"));
    }
}

fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !text.is_empty() && text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-')
}
