//! 首贷: whether a loan is the client's first from a bank – as far as the book of the institution tells, and as the client declares.
//!
//! 财建〔2018〕547号 二（三） lets an award prefer guarantees for first loans and does not define them. Reading
//! `a_first_loan_is_declared_and_nothing_here_speaks_against_it`: the institution sees no credit register, so its book alone can only
//! refute. What has refuted a declaration is shown with it and decides nothing by itself.

use crate::{
    finding::Text,
    value::{ContractId, Day},
};

/// 依据。What of the book shows that the client had a bank loan before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A loan that the institution guaranteed came into force on an earlier day.
    Guaranteed(Earlier),
    /// The contract itself says that the client borrows at its bank already.
    BorrowsAtTheBank,
    /// Another contract, approved on an earlier day, said so of its bank.
    BorrowedAtABank(Earlier),
}

/// An earlier contract of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The contract.
    pub contract: ContractId,
    /// Its number.
    pub number: String,
    /// The day that counts.
    pub on: Day,
}

/// Where what is derived and what is declared meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 首贷户: declared, and nothing in the book speaks against it.
    First,
    /// 未声明: nothing in the book speaks against it, and nobody has declared it.
    Undeclared,
    /// 声明与记录不符: declared, and the book shows an earlier loan.
    Contradicted,
    /// 非首贷户: the book shows an earlier loan, and nobody has declared otherwise.
    NotFirst,
    /// 不适用: what is guaranteed is no bank loan.
    NotALoan,
}

impl Standing {
    /// What the grounds and the declaration come to.
    pub const fn of(grounds: &[Ground], declared: bool) -> Self {
        match (grounds.is_empty(), declared) {
            (true, true) => Self::First,
            (true, false) => Self::Undeclared,
            (false, true) => Self::Contradicted,
            (false, false) => Self::NotFirst,
        }
    }

    /// Whether it is a bank loan and nothing in the book speaks against its being the first.
    pub const fn is_derived(self) -> bool {
        match self {
            Self::First | Self::Undeclared => true,
            Self::Contradicted | Self::NotFirst | Self::NotALoan => false,
        }
    }

    /// What it means, and what is to be done.
    pub fn explanation(self) -> Text {
        match self {
            Self::First => Text::new(
                "首贷：客户声明从未取得银行贷款，本机构业务记录中也没有相反情况。",
                "A first loan: the client declares that it never had a bank loan, and nothing in this institution's book speaks against it.",
            ),
            Self::Undeclared => Text::new(
                "本机构业务记录中没有此前的银行贷款，但客户没有首贷声明：请核查征信报告，属实的登记声明及其来源。",
                "This institution's book shows no earlier bank loan, but there is no declaration: look at the credit report and, if it is so, file the declaration with its source.",
            ),
            Self::Contradicted => Text::new(
                "客户声明首贷，但本机构业务记录显示此前已有银行贷款：请核对，不属实的终止该声明。",
                "The client declares a first loan, but this institution's book shows an earlier bank loan: compare them, and end the declaration if it is not so.",
            ),
            Self::NotFirst => Text::new(
                "非首贷：本机构业务记录显示此前已有银行贷款。",
                "Not a first loan: this institution's book shows an earlier bank loan.",
            ),
            Self::NotALoan => Text::new(
                "本合同担保的不是银行贷款，不作首贷认定。",
                "What this contract guarantees is no bank loan: there is nothing to be first.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_loan_is_declared_and_nothing_here_speaks_against_it() {
        let grounds = [Ground::BorrowsAtTheBank];
        assert_eq!(Standing::of(&[], true), Standing::First);
        assert_eq!(Standing::of(&[], false), Standing::Undeclared);
        assert_eq!(Standing::of(&grounds, true), Standing::Contradicted);
        assert_eq!(Standing::of(&grounds, false), Standing::NotFirst);
        let derived = [(true, true), (true, false), (false, true), (false, false)].map(|(none, declared)| {
            let grounds = if none { &[] } else { grounds.as_slice() };
            Standing::of(grounds, declared).is_derived()
        });
        assert_eq!((derived, Standing::NotALoan.is_derived()), ([true, true, false, false], false));
    }
}
