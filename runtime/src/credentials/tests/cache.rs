//! Renewal ahead of expiry, by one caller.

use super::*;
use futures_util::future::join_all;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Context, Poll, Wake, Waker};

/// Gives what was put down, after it was polled a few times, and counts how often it was asked.
#[derive(Debug, Default)]
struct Slow {
    answers: Mutex<VecDeque<Result<Credentials, CredentialsError>>>,
    asked: AtomicUsize,
}

impl Slow {
    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    fn put(&self, world: &World, id: &str, lifetime: u64) {
        let expiry = world.clock.now() + Duration::from_secs(lifetime);
        self.answers.lock().unwrap().push_back(Ok(Credentials::new(id, "s").with_expiry(expiry)));
    }

    fn fail(&self) {
        self.answers.lock().unwrap().push_back(Err(CredentialsError::new("out of order")));
    }
}

impl ProvideCredentials for Slow {
    fn provide<'a>(&'a self, _context: ProviderContext<'a>) -> Providing<'a> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let mut rounds = 3;
        Box::pin(async move {
            poll_fn(|context| {
                rounds -= 1;
                context.waker().wake_by_ref();
                if rounds == 0 { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            self.answers.lock().unwrap().pop_front().expect("an answer was put down")
        })
    }
}

fn cached() -> (World, Arc<Slow>, Cached<Arc<Slow>>) {
    let slow = Arc::<Slow>::default();
    (World::new(), Arc::clone(&slow), Cached::new(slow))
}

/// What ten callers at once get.
fn herd(world: &World, cached: &Cached<Arc<Slow>>) -> Vec<String> {
    let calls = (0..10).map(|_| cached.provide(world.context()));
    let text = |answer: Result<Credentials, CredentialsError>| match answer {
        Ok(credentials) => credentials.access_key_id().to_owned(),
        Err(error) => error.to_string(),
    };
    world.runtime.block_on(join_all(calls)).into_iter().map(text).collect()
}

#[test]
fn renewed_15_minutes_ahead_by_one_while_the_others_go_on_with_the_old() {
    let (world, slow, cached) = cached();
    slow.put(&world, "old", 3600);
    assert_eq!(herd(&world, &cached), ["old"; 10]);
    world.clock.advance(3600 - 15 * 60 - 1);
    assert_eq!(herd(&world, &cached), ["old"; 10]);
    assert_eq!(slow.asked(), 1);
    world.clock.advance(1);
    slow.put(&world, "new", 3600);
    let mut expected = vec!["old".to_owned(); 10];
    expected[0] = "new".to_owned();
    assert_eq!(herd(&world, &cached), expected);
    assert_eq!(slow.asked(), 2);
    assert_eq!(herd(&world, &cached), ["new"; 10]);
}

#[test]
fn once_expired_all_wait_for_one() {
    let (world, slow, cached) = cached();
    slow.put(&world, "old", 3600);
    herd(&world, &cached);
    world.clock.advance(3600);
    slow.put(&world, "new", 3600);
    assert_eq!(herd(&world, &cached), ["new"; 10]);
    assert_eq!(slow.asked(), 2);
}

#[test]
fn a_failure_is_told_to_all_who_wait_for_it() {
    let (world, slow, cached) = cached();
    slow.fail();
    assert_eq!(herd(&world, &cached), ["out of order"; 10]);
    assert_eq!(slow.asked(), 1);
    slow.put(&world, "new", 3600);
    assert_eq!(herd(&world, &cached), ["new"; 10]);
}

#[test]
fn a_renewal_that_fails_keeps_the_old_and_pauses() {
    let (world, slow, cached) = cached();
    slow.put(&world, "old", 3600);
    herd(&world, &cached);
    world.clock.advance(3600 - 15 * 60);
    slow.fail();
    assert_eq!(herd(&world, &cached), ["old"; 10]);
    world.clock.advance(9);
    assert_eq!(herd(&world, &cached), ["old"; 10]);
    world.clock.advance(1);
    slow.put(&world, "new", 3600);
    assert_eq!(world.id(&cached), "new");
    world.clock.advance(3600 - 5);
    slow.fail();
    assert_eq!(world.id(&cached), "new");
    // The pause does not outlast the old ones.
    world.clock.advance(5);
    slow.fail();
    assert_eq!(world.error(&cached), "out of order");
}

#[test]
fn short_sessions_are_renewed_halfway() {
    let (world, slow, cached) = cached();
    slow.put(&world, "old", 900);
    assert_eq!(world.id(&cached), "old");
    world.clock.advance(449);
    assert_eq!(world.id(&cached), "old");
    world.clock.advance(1);
    slow.put(&world, "new", 900);
    assert_eq!(world.id(&cached), "new");
}

#[test]
fn without_an_expiry_they_are_kept_for_good() {
    let (world, slow, cached) = cached();
    slow.answers.lock().unwrap().push_back(Ok(Credentials::new("key", "s")));
    assert_eq!(world.id(&cached), "key");
    world.clock.advance(1 << 32);
    assert_eq!(world.id(&cached), "key");
    assert_eq!(slow.asked(), 1);
}

#[test]
fn what_cannot_be_a_key_is_not_kept() {
    let (world, slow, cached) = cached();
    slow.answers.lock().unwrap().push_back(Ok(Credentials::new("key", "")));
    assert_eq!(world.error(&cached), "the access key secret is empty");
    slow.put(&world, "new", 3600);
    assert_eq!(world.id(&cached), "new");
}

/// Counts how often it was woken.
#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn one_who_gives_up_hands_over_to_the_next() {
    let (world, slow, cached) = cached();
    slow.put(&world, "new", 3600);
    let mut first = cached.provide(world.context());
    assert!(first.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let woken = Arc::<Woken>::default();
    let mut second = cached.provide(world.context());
    let waker = Waker::from(Arc::clone(&woken));
    assert!(second.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    assert_eq!(woken.0.load(Ordering::Relaxed), 0);
    drop(first);
    assert_eq!(woken.0.load(Ordering::Relaxed), 1);
    assert_eq!(world.runtime.block_on(second).unwrap().access_key_id(), "new");
}

/// Wakes a thread.
struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// As a blocking client runs it: on threads of their own, without any runtime.
#[test]
fn threads_wait_for_one_without_a_runtime() {
    let (world, slow, cached) = cached();
    slow.put(&world, "new", 3600);
    let ask = || {
        let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
        let mut providing = cached.provide(world.context());
        loop {
            match providing.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(answer) => return answer.unwrap().access_key_id().to_owned(),
                Poll::Pending => std::thread::park(),
            }
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), "new");
        }
    });
}
