//! Networks and masks.

use std::net::{IpAddr, Ipv4Addr};

/// The network that an address and a prefix length mean.
#[derive(Clone, Copy)]
pub(crate) struct Network {
    address: IpAddr,
    length: u32,
}

impl Network {
    /// A bare address stands for itself alone. Bits of the host part are not looked at: the reference does not say
    /// that they must be zero.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((address, length)) => Self::new(address.parse().ok()?, prefix_length(length)?),
            None => text.parse().ok().and_then(|address| Self::new(address, width(address))),
        }
    }

    pub(crate) fn new(address: IpAddr, length: u32) -> Option<Self> {
        (length <= width(address)).then_some(Self { address, length })
    }

    /// Whether every address of this network is one of the other's.
    pub(crate) fn lies_in(self, other: Self) -> bool {
        let common = match (self.address, other.address) {
            (IpAddr::V4(one), IpAddr::V4(other)) => (one.to_bits() ^ other.to_bits()).leading_zeros(),
            (IpAddr::V6(one), IpAddr::V6(other)) => (one.to_bits() ^ other.to_bits()).leading_zeros(),
            _ => return false,
        };
        self.length >= other.length && common >= other.length
    }
}

const fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => u32::BITS,
        IpAddr::V6(_) => u128::BITS,
    }
}

/// Bits of a mask that is dotted, or written as `/56`, or as a network of that length.
pub(super) fn mask_length(text: &str) -> Option<u32> {
    match text.split_once('/') {
        Some(("", length)) => prefix_length(length),
        Some(_) => Network::parse(text).map(|network| network.length),
        None => text.parse().ok().and_then(dotted_length),
    }
}

/// Bits of a dotted mask, if those that are set stand before the others.
pub(super) fn dotted_length(mask: Ipv4Addr) -> Option<u32> {
    let ones = mask.to_bits().leading_ones();
    (ones + mask.to_bits().trailing_zeros() == u32::BITS).then_some(ones)
}

fn prefix_length(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
