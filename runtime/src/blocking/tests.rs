use super::block_on;
use std::future::poll_fn;
use std::task::Poll;
use std::thread;

#[test]
fn a_future_that_another_thread_wakes_comes_to_its_end() {
    let mut polls = 0;
    let output = block_on(poll_fn(|context| {
        polls += 1;
        if polls == 3 {
            return Poll::Ready("done");
        }
        let waker = context.waker().clone();
        thread::spawn(move || waker.wake());
        Poll::Pending
    }));
    assert_eq!((output, polls), ("done", 3));
}

#[test]
fn a_future_may_wake_itself_before_it_waits() {
    let mut polls = 0;
    block_on(poll_fn(|context| {
        polls += 1;
        context.waker().wake_by_ref();
        if polls == 100 { Poll::Ready(()) } else { Poll::Pending }
    }));
    assert_eq!(polls, 100);
}
