//! Signing beside a bare HMAC-SHA1, and decoding beside serde_json into derived structs, on the same bytes in the same
//! run. The two sides of a pair take turns; the medians of many rounds are compared. `cargo bench --bench codec`.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used)]

mod common;

use aliyun_rpc::{Credentials, Parameters, decode, sign};
use common::{Derived, median, page};
use express_connect::physical_connection::DescribePhysicalConnectionsResponse;
use hmac::{Hmac, KeyInit as _, Mac as _};
use std::hint::black_box;
use std::time::{Duration, Instant, UNIX_EPOCH};

const ROUNDS: usize = 301;
const CALLS: u32 = 100;

fn main() {
    println!("| what | ours | beside | ratio |\n|---|---|---|---|");
    signing();
    decoding();
}

fn signing() {
    let parameters = request();
    let credentials = Credentials::new("LTAI5tTESTKEYID00000", "TestSecret/With+Slash==0000000");
    let mut signed = parameters.clone();
    sign::v1::sign(
        "GET",
        &mut signed,
        &credentials,
        UNIX_EPOCH + Duration::from_secs(1_657_094_469),
        "nonce",
    );
    assert_eq!(signed.len(), 20);
    let text = sign::v1::string_to_sign("GET", &signed);
    let ours = || {
        let text = sign::v1::string_to_sign("GET", black_box(&signed));
        black_box(sign::v1::signature(black_box("TestSecret/With+Slash==0000000"), &text));
    };
    let ring = || {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, black_box(b"TestSecret&"));
        black_box(ring::hmac::sign(&key, black_box(text.as_bytes())));
    };
    let rust_crypto = || {
        let mut mac =
            Hmac::<sha1::Sha1>::new_from_slice(black_box(b"TestSecret&")).expect("any length is a key");
        mac.update(black_box(text.as_bytes()));
        black_box(mac.finalize());
    };
    let what = format!("sign 20 parameters, {} bytes", text.len());
    row(&what, "HMAC-SHA1 of ring", compare(ours, ring));
    row(&what, "HMAC-SHA1 of the crates hmac and sha1", compare(ours, rust_crypto));
}

/// Fourteen parameters; signing adds six.
fn request() -> Parameters {
    Parameters::from([
        ("AccessPointId", "ap-cn-beijing-ft-A"),
        ("Action", "CreatePhysicalConnection"),
        ("CircuitCode", "longtel001"),
        ("ClientToken", "123e4567-e89b-12d3-a456-426655440000"),
        ("Format", "JSON"),
        ("LineOperator", "CT"),
        ("Name", "idc-hangzhou-1"),
        ("PeerLocation", "浙江省杭州市余杭区文一西路"),
        ("PortType", "1000Base-LX"),
        ("RedundantPhysicalConnectionId", "pc-119mfjzm0001"),
        ("RegionId", "cn-shanghai"),
        ("Version", "2016-04-28"),
        ("bandwidth", "1000"),
        ("Type", "VPC"),
    ])
}

fn decoding() {
    let page = page(50);
    let body = page.as_bytes();
    let ours = || {
        let mut response = DescribePhysicalConnectionsResponse::default();
        decode::answer(black_box(body), "DescribePhysicalConnections", &mut response)
            .expect("the page decodes");
        black_box(response);
    };
    let derived = || {
        black_box(serde_json::from_slice::<Derived>(black_box(body)).expect("the page decodes"));
    };
    let mut response = DescribePhysicalConnectionsResponse::default();
    decode::answer(body, "DescribePhysicalConnections", &mut response).expect("the page decodes");
    let reference: Derived = serde_json::from_slice(body).expect("the page decodes");
    assert_eq!(response.physical_connection_set.len(), 50);
    assert_eq!(reference.physical_connection_set.physical_connection_type.len(), 50);
    let what = format!("decode 50 lines, {} bytes", body.len());
    row(&what, "serde_json into derived structs", compare(ours, derived));
}

/// Median times of one call of either side.
fn compare(ours: impl Fn(), other: impl Fn()) -> (Duration, Duration) {
    let (mut ours_times, mut other_times) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours_times.push(time(&ours));
        other_times.push(time(&other));
    }
    (median(ours_times), median(other_times))
}

fn time(call: &impl Fn()) -> Duration {
    let started = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    started.elapsed() / CALLS
}

fn row(what: &str, beside: &str, (ours, other): (Duration, Duration)) {
    println!(
        "| {what} | {ours:.2?} | {other:.2?}, {beside} | {:.2} |",
        ours.as_secs_f64() / other.as_secs_f64()
    );
}
