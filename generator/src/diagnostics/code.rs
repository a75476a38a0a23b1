//! Codes of faults. What each means stands in `diagnostics.md`.

use std::fmt;

/// Declares the codes, numbered from 1 in their order. A code keeps its number for good: new ones come last, and one that is
/// no longer used stays.
macro_rules! codes {
    ($($name:ident)*) => {
        /// A kind of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "diagnostics.md says what each means")]
        pub enum Code {
            $($name),*
        }

        impl Code {
            /// Every code, by its number.
            pub const ALL: &[Code] = &[$(Code::$name),*];
        }
    };
}

codes! {
    FileNotUtf8
    ByteOrderMark
    FileMissing
    FileEmpty
    UnreadFile
    InvalidYaml
    SecondDocument
    YamlFeature
    TooDeep
    KeyIsNoText
    DuplicateKey
    UnknownKey
    MissingKey
    EmptyValue
    NotAMapping
    NotAList
    NotASingleValue
    EmptyList
    NotABoolean
    NotACount
    NotARange
    RangeUpsideDown
    KeyWithoutMeaning
    UnknownWord
    NotAMaskLength
    NotAnErrorStatus
    NotALineOfTheReference
    WithoutType
    TwoTypes
    UnknownType
    UnknownWireType
    TypeDeclaredTwice
    BuiltInType
    EnumWithoutValues
    StructureInItself
    FilterKeyOfLists
    FilterWithoutKeys
    ObjectInSharedObject
    UnknownSource
    UnknownErratum
    RelaxedWithoutRequired
    UnlessWithoutRequired
    EncodingWithoutFields
    ActionAsParameter
    ItemsWithoutList
    NoValueOfEnum
    ConstraintOfOtherType
    NotANetwork
    ValueOfOtherForm
    RuleKind
    RuleCondition
    RangeByWithoutRanges
    DryRunIsNoBoolean
    NumberWanted
    SensitiveDecides
    RuleOfOne
    UnknownParameter
    SingleValueWanted
    UnknownErrorCode
    ErrorListedTwice
    CopiedRowWithOwnText
    UnlistedErrorCode
    SourceOfListedCode
    CodeNotInTable
    HostWithoutRegion
    NotARegion
    NotAHost
    UnknownGroup
    GroupWithoutActions
    FeatureMissing
    StatusOfAnotherResource
    StatusIsNoEnum
    StateIsNoValue
    ValueIsNoState
    UnknownState
    TransitionFromNowhere
    UnknownAction
    UnreachableState
    TransientDeadEnd
    LookUpSelectsNothing
    UnknownField
    UnknownSelection
    FieldIsNoStatus
    TransitionTrigger
    NotARustName
    ReservedName
    RustNameTaken
    SpellingTwice
    PagesOfAWrite
    PageSizeLeads
    PagesWithoutList
    SensitiveToken
    TokenIsNoText
    PageStyle
    UnknownPageName
    ExampleLacksRequired
    ExampleBreaksRule
    ExampleOfJsonParameter
    AnswerRoot
    UnreadableAnswer
    UndeclaredField
    FieldOfOtherType
    MissingSummary
    MetadataIsNoJson
    MetadataActionName
    MetadataParameterTwice
    MetadataParameterName
    MetadataType
}

/// `E012`
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E{:03}", *self as usize + 1)
    }
}
