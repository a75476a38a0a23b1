use super::*;
use crate::schema::{self, Lookup, Transition};
use UnsettledReason as Reason;

const fn named(name: &'static str) -> schema::State {
    schema::State { name, also: &[], transient: false, gone: false }
}

const fn way(
    from: &'static [&'static str],
    action: Option<&'static str>,
    to: Option<&'static str>,
) -> Transition {
    Transition { from, action, to, needs: &[] }
}

/// A lamp is hung up, switched on and off, breaks by itself, and is taken down.
static LAMP: Lifecycle = Lifecycle {
    resource: "Lamp",
    lookup: Lookup { action: "DescribeLamps", keys: &["LampId"], select: &[], field: "Lamps[].Status" },
    states: &[
        named("Off"),
        schema::State { also: &["warming"], transient: true, ..named("Warming") },
        named("On"),
        named("Broken"),
        schema::State { gone: true, ..named("Down") },
    ],
    transitions: &[
        way(&[], Some("HangLamp"), Some("Off")),
        way(&["Off"], Some("SwitchOn"), Some("Warming")),
        way(&["Warming"], None, Some("On")),
        way(&["Warming"], None, Some("Broken")),
        way(&["On"], Some("SwitchOff"), Some("Off")),
        way(&["Off", "Broken"], Some("TakeDown"), Some("Down")),
        way(&["Down"], None, None),
    ],
};

static SERVICE: Service = Service {
    name: "lamps",
    product: "Lamp",
    version: "1",
    endpoints: schema::Endpoints { central: "", regional: "", vpc: "", exceptions: &[] },
    signature: schema::SignatureVersion::V1,
    region_parameter: "RegionId",
    dry_run_code: None,
    actions: &[],
    errors: &[],
    lifecycles: &[],
};

struct Status(String);

impl From<&str> for Status {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl State for Status {
    const RESOURCE: &'static str = "Lamp";

    fn service() -> &'static Service {
        &SERVICE
    }
}

struct Id;

impl Key<Status> for Id {
    fn values(&self) -> Vec<String> {
        vec!["lamp-1".to_owned()]
    }
}

fn until(state: &str) -> Plan {
    Wait::until(&Id, &Status::from(state)).plan
}

fn until_gone() -> Plan {
    Wait::until_gone::<Status>(&Id).plan
}

/// An empty state is none that is shown.
fn sight(state: Option<&str>) -> Sight {
    match state {
        None => Sight::Absent,
        Some("") => Sight::Stateless,
        Some(state) => Sight::State(state.to_owned()),
    }
}

/// What comes of looks at these states, a second apart.
fn judged(plan: &Plan, seen: &[Option<&str>]) -> Verdict {
    let mut watch = Watch::new(plan, &LAMP);
    for (second, state) in (0..).zip(seen) {
        match watch.judge(plan, sight(*state), Duration::from_secs(second)) {
            Verdict::Pending => {}
            verdict => return verdict,
        }
    }
    Verdict::Pending
}

fn reached(state: &str) -> Verdict {
    Verdict::Reached(Some(state.to_owned()))
}

#[test]
fn the_goal_ends_the_wait() {
    assert_eq!(judged(&until("On"), &[None, Some("Warming"), Some("On")]), reached("On"));
    assert_eq!(judged(&until("Warming"), &[Some("warming")]), reached("warming"));
    let either = Wait::until_any(&Id, [&Status::from("On"), &Status::from("Broken")]).plan;
    assert_eq!(judged(&either, &[Some("Warming"), Some("Broken")]), reached("Broken"));
    assert_eq!(judged(&until_gone(), &[Some("Off"), None]), Verdict::Reached(None));
    assert_eq!(judged(&until_gone(), &[Some("Down")]), reached("Down"));
}

#[test]
fn a_state_from_which_no_way_leads_to_the_goal_ends_it_at_once() {
    assert_eq!(judged(&until("On"), &[Some("Broken")]), Verdict::Failed(Reason::Unreachable));
    assert_eq!(judged(&until("Off"), &[Some("Down")]), Verdict::Failed(Reason::Unreachable));
}

/// The call may have been made just now.
#[test]
fn a_state_from_which_only_a_call_leads_on_has_half_a_minute() {
    let off = vec![Some("Off"); 40];
    assert_eq!(judged(&until("On"), &off[..30]), Verdict::Pending);
    assert_eq!(judged(&until("On"), &off), Verdict::Failed(Reason::NothingStarted));
    assert_eq!(judged(&until_gone(), &vec![Some("On"); 40]), Verdict::Failed(Reason::NothingStarted));
    // What goes on in between counts from anew.
    let mut seen = off[..30].to_vec();
    seen.extend([Some("Warming")]);
    seen.extend(&off[..30]);
    assert_eq!(judged(&until("On"), &seen), Verdict::Pending);
}

#[test]
fn what_was_never_found_has_a_minute_and_what_is_gone_none() {
    let nothing = vec![None; 70];
    assert_eq!(judged(&until("On"), &nothing[..60]), Verdict::Pending);
    assert_eq!(judged(&until("On"), &nothing), Verdict::Failed(Reason::NotFound));
    assert_eq!(judged(&until("On"), &[Some("Warming"), None]), Verdict::Failed(Reason::Gone));
}

#[test]
fn a_state_that_the_spec_does_not_know_is_waited_out() {
    let mut seen = vec![Some("Dimmed"); 100];
    assert_eq!(judged(&until("On"), &seen), Verdict::Pending);
    seen.push(Some("On"));
    assert_eq!(judged(&until("On"), &seen), reached("On"));
    // A newer service may have it, and ways that lead there.
    let mut seen = vec![Some("Off"); 100];
    assert_eq!(judged(&until("Dimmed"), &seen), Verdict::Pending);
    seen.push(Some("Dimmed"));
    assert_eq!(judged(&until("Dimmed"), &seen), reached("Dimmed"));
}

/// It is there: that its state is not shown makes it neither gone nor lost.
#[test]
fn what_is_shown_without_a_state_is_waited_out() {
    assert_eq!(judged(&until_gone(), &[Some("On"), Some("")]), Verdict::Pending);
    assert_eq!(judged(&until("On"), &[Some(""); 100]), Verdict::Pending);
    assert_eq!(judged(&until("On"), &[Some(""), None]), Verdict::Failed(Reason::Gone));
}

#[test]
fn a_wait_that_nothing_can_come_of_says_why() {
    assert_eq!(until("On").fault(&LAMP), None);
    assert_eq!(until_gone().fault(&LAMP), None);
    let nothing = Wait::until_any(&Id, [] as [&Status; 0]).plan;
    let text = "there is no state to wait for; name one at least, or wait until the resource is gone";
    assert_eq!(nothing.fault(&LAMP).as_deref(), Some(text));
    let nobody = Plan { key: vec![" ".to_owned()], ..until("On") };
    let text = "LampId is empty, which would stand for any Lamp; give the one to wait for";
    assert_eq!(nobody.fault(&LAMP).as_deref(), Some(text));
}

/// Where the service was reached before, it may be reached again.
#[test]
fn looks_that_all_fail_have_a_minute() {
    let failure = || Error::configuration("no answer");
    let plan = until("On");
    let mut watch = Watch::new(&plan, &LAMP);
    let mut judge = |second| watch.judge_failure(failure(), Duration::from_secs(second));
    assert_eq!([judge(0), judge(59)], [Verdict::Pending, Verdict::Pending]);
    assert_eq!(judge(60), Verdict::Failed(Reason::NoAnswer));
    let (unsettled, cause) = watch.unsettled(&plan, Reason::NoAnswer, Duration::from_secs(60));
    assert_eq!(unsettled.to_string(), "Lamp lamp-1 is not On: no look at it has succeeded (3 looks in 60s)");
    assert!(cause.is_some());

    let mut watch = Watch::new(&plan, &LAMP);
    watch.judge(&plan, sight(Some("Warming")), Duration::ZERO);
    assert_eq!(watch.judge_failure(failure(), Duration::from_secs(300)), Verdict::Pending);
    let progress = watch.progress(Duration::from_secs(300));
    assert_eq!((progress.state, progress.looks, progress.failure.is_some()), (Some("Warming"), 2, true));
    assert_eq!(watch.unsettled(&plan, Reason::Deadline, Duration::ZERO).0.reason, Reason::Deadline);
}

#[test]
fn waits_grow_and_end_with_the_deadline() {
    let plan = Wait::until(&Id, &Status::from("On")).every(Duration::from_secs(4)).plan;
    let mut watch = Watch::new(&plan, &LAMP);
    let mut pauses =
        |elapsed, random| watch.pause(Duration::from_secs(elapsed), random).map(|pause| pause.as_millis());
    assert_eq!([pauses(0, 0.0), pauses(1, 0.5), pauses(2, 0.75)], [Some(3_000), Some(6_000), Some(10_125)]);
    for _ in 0..9 {
        pauses(3, 0.5);
    }
    assert_eq!(pauses(3, 0.5), Some(30_000));
    assert_eq!(pauses(599, 0.5), Some(1_000));
    assert_eq!(pauses(600, 0.5), None);
    assert_eq!(pauses(700, 0.5), None);
    // A source of chance that is off its bounds gives a wait all the same.
    assert_eq!([pauses(0, f64::NAN), pauses(0, 9.0), pauses(0, -9.0)], [22_500, 37_500, 22_500].map(Some));
    let hasty = Wait::until(&Id, &Status::from("On")).every(Duration::ZERO).plan;
    let mut watch = Watch::new(&hasty, &LAMP);
    assert_eq!(watch.pause(Duration::ZERO, 0.0), Some(Duration::from_millis(100)));
    assert!(watch.pause(Duration::ZERO, 0.5) > Some(Duration::from_millis(100)));
    let endless = Wait::until(&Id, &Status::from("On")).every(Duration::MAX).deadline(Duration::MAX).plan;
    let mut watch = Watch::new(&endless, &LAMP);
    assert!(watch.pause(Duration::ZERO, 0.9).is_some() && watch.pause(Duration::ZERO, 0.9).is_some());
}

#[test]
fn the_error_says_what_to_do() {
    let text = |seen: Option<&str>, reason| {
        let plan = until("On");
        let mut watch = Watch::new(&plan, &LAMP);
        watch.judge(&plan, sight(seen), Duration::ZERO);
        watch.unsettled(&plan, reason, Duration::from_millis(31_900)).0.to_string()
    };
    for (seen, reason, expected) in [
        (
            Some("Broken"),
            Reason::Unreachable,
            "Lamp lamp-1 is not On: it is Broken, from which no way leads there (1 look in 32s)",
        ),
        (
            Some("Off"),
            Reason::NothingStarted,
            "Lamp lamp-1 is not On: it stays Off, from which only a call leads there; make it first (1 look in 32s)",
        ),
        (
            Some("Warming"),
            Reason::Deadline,
            "Lamp lamp-1 is not On: it is Warming (1 look in 32s, the deadline)",
        ),
        (
            Some(""),
            Reason::Deadline,
            "Lamp lamp-1 is not On: it is shown without a state (1 look in 32s, the deadline)",
        ),
        (None, Reason::Gone, "Lamp lamp-1 is not On: it was there, and is gone (1 look in 32s)"),
        (
            None,
            Reason::NotFound,
            "Lamp lamp-1 is not On: it is not found; check its id and the region (1 look in 32s)",
        ),
    ] {
        assert_eq!(text(seen, reason), expected);
    }
}
