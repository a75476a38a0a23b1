use super::*;
use std::task::Context;

#[test]
fn outside_of_a_runtime_there_is_an_error() {
    let limits = Limits::new(Duration::from_secs(30), Duration::from_secs(60), 1000);
    let transport = HyperTransport::without_tls(Duration::from_secs(30), &Proxy::None).unwrap();
    let request = http::Request::get("http://127.0.0.1:1/").body(Vec::new()).unwrap();
    let mut sending = transport.send(request, limits);
    let Poll::Ready(outcome) = sending.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop()))
    else {
        panic!("waits without a runtime");
    };
    let error = outcome.unwrap_err();
    assert!(error.to_string().contains("no Tokio runtime"), "{error}");
    assert!(!error.may_have_been_sent());
}
