//! What can be done, and which role may do it: the one place that says so.

use super::role::{Grant, Role, words};

words! {
    /// What a caller wants to do; a scope is opened by naming one.
    Action {
        /// Show a password, and be given a session.
        LogIn = "log_in",
        /// Exchange a refresh token.
        RefreshSession = "refresh_session",
        /// Show a machine's secret, and be given a session.
        LogInMachine = "log_in_machine",
        /// Choose a password by a one-time link.
        RedeemLink = "redeem_link",
        /// Make the first institution and its administrator.
        Initialise = "initialise",
        /// Recompute the audit chain.
        VerifyAudit = "verify_audit",
        /// End the own session.
        LogOut = "log_out",
        /// Read the own account.
        ReadProfile = "read_profile",
        /// Change the own display name.
        ChangeProfile = "change_profile",
        /// Change the own password.
        ChangePassword = "change_password",
        /// Set up the own second factor.
        EnrolSecondFactor = "enrol_second_factor",
        /// Read the own and the shared views of lists.
        ReadViews = "read_views",
        /// Keep, change or remove a view of a list.
        SaveView = "save_view",
        /// Read institutions and their events.
        ReadInstitutions = "read_institutions",
        /// Onboard an institution or correct its name and region.
        OnboardInstitution = "onboard_institution",
        /// Suspend, reinstate or withdraw an institution.
        DecideInstitution = "decide_institution",
        /// Make the first administrator of an institution that one has onboarded.
        AppointAdministrator = "appoint_administrator",
        /// Read memberships.
        ReadMemberships = "read_memberships",
        /// State a membership or its end.
        StateMembership = "state_membership",
        /// Read the financial statements.
        ReadFinancialStatements = "read_financial_statements",
        /// File a financial statement.
        FileFinancialStatement = "file_financial_statement",
        /// Read local limits.
        ReadLocalLimits = "read_local_limits",
        /// State a local limit or its end.
        StateLocalLimit = "state_local_limit",
        /// Read the confirmations of supervisors.
        ReadConfirmations = "read_confirmations",
        /// State a supervisor's confirmation or its end.
        StateConfirmation = "state_confirmation",
        /// Read the register of equity investments.
        ReadInvestments = "read_investments",
        /// Enter an equity investment into the register, or its end.
        RegisterInvestment = "register_investment",
        /// Read banks and their branches.
        ReadBanks = "read_banks",
        /// State a bank or its end.
        StateBank = "state_bank",
        /// State a branch of a bank or its end.
        StateBankBranch = "state_bank_branch",
        /// Read products.
        ReadProducts = "read_products",
        /// State a product or its end.
        StateProduct = "state_product",
        /// Read agreements and their terms.
        ReadAgreements = "read_agreements",
        /// State or change an agreement, its terms or their end.
        StateAgreement = "state_agreement",
        /// Read quota grants.
        ReadQuotaGrants = "read_quota_grants",
        /// Grant a cedent its quota of a year, or change it.
        GrantQuota = "grant_quota",
        /// Read the deadlines of reports.
        ReadDeadlines = "read_deadlines",
        /// State the deadline of a report or its end.
        StateDeadline = "state_deadline",
        /// Read users.
        ReadUsers = "read_users",
        /// Make or change a user, or hand out a one-time link.
        ManageUsers = "manage_users",
        /// End a user's account.
        OffboardUser = "offboard_user",
        /// Read machine clients.
        ReadMachineClients = "read_machine_clients",
        /// Make or revoke a machine client.
        ManageMachineClients = "manage_machine_clients",
        /// Read the audit list.
        ReadAudit = "read_audit",
        /// Read contracts and put drafts before the rules.
        ReadContracts = "read_contracts",
        /// Draft a contract or change its content.
        DraftContract = "draft_contract",
        /// Submit a contract or take it back.
        SubmitContract = "submit_contract",
        /// Approve a contract or send it back.
        DecideContract = "decide_contract",
        /// Grant an exception to a rule of principle.
        GrantException = "grant_exception",
        /// Record that a loan was disbursed.
        DisburseContract = "disburse_contract",
        /// Record releases and cancellations, which only ever lower what is guaranteed.
        ReleaseContract = "release_contract",
        /// Reverse what was recorded in error.
        CorrectContract = "correct_contract",
        /// Judge a contract again by the rules of any day.
        EvaluateContract = "evaluate_contract",
        /// Let approvals lapse that were not used in time.
        LapseContracts = "lapse_contracts",
        /// Read the portfolio and the alerts of its shares.
        ReadPortfolio = "read_portfolio",
        /// Keep the book of the ends of past months.
        KeepMonthEnds = "keep_month_ends",
        /// Read what is ceded to the institution, and by whom.
        ReadCessions = "read_cessions",
        /// Confirm or refuse the filing of a contract that is ceded to the institution.
        DecideFiling = "decide_filing",
        /// Apply an upper layer's decision about a filing to the own contract.
        ApplyFiling = "apply_filing",
        /// Recount the book from its events.
        Reconcile = "reconcile",
        /// Read imports of earlier books and what became of their rows.
        ReadImports = "read_imports",
        /// Bring the file of an earlier book, say how it is read, and try it.
        PrepareImport = "prepare_import",
        /// Take over an earlier book as it is.
        ImportBook = "import_book",
        /// Have an import ended before its last row.
        CancelImport = "cancel_import",
        /// Do the imports that wait, and forget files that are no longer needed.
        WorkImports = "work_imports",
        /// Read and search parties, their facts and groups.
        ReadParties = "read_parties",
        /// File parties, their facts and groups.
        WriteParties = "write_parties",
        /// Merge parties that turned out to be one, and undo it.
        MergeParties = "merge_parties",
        /// See a person's identifier in full.
        DiscloseIdentifier = "disclose_identifier",
    }
}

/// How much of a natural person's identifier is shown beside a party; all of it only by a disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The last four characters: enough to tell two people of one name apart at the counter or before a payment.
    LastFour,
    /// Nothing: that there is one, and from when until when.
    Hidden,
}

/// What a person with `role` sees: whoever works with the party the last four, whoever audits or administers nothing.
pub const fn view(role: Role) -> View {
    match role {
        Role::Officer | Role::Approver | Role::Treasurer => View::LastFour,
        Role::Auditor | Role::Admin | Role::Reviewer | Role::BureauApprover | Role::Client => View::Hidden,
    }
}

/// Whether a person with `role` may do `action` at the own institution.
pub const fn allows(role: Role, action: Action) -> bool {
    use Action as A;
    use Role as R;
    match action {
        // These are done before one has a role.
        A::LogIn
        | A::RefreshSession
        | A::LogInMachine
        | A::RedeemLink
        | A::Initialise
        | A::VerifyAudit
        | A::Reconcile => false,
        // The service does these by itself.
        A::LapseContracts | A::KeepMonthEnds | A::WorkImports => false,
        A::LogOut
        | A::ReadProfile
        | A::ChangeProfile
        | A::ChangePassword
        | A::EnrolSecondFactor
        | A::ReadBanks
        | A::ReadProducts
        | A::ReadDeadlines => true,
        // What is shared of them says what colleagues look for, with the names of clients in it.
        A::ReadViews
        | A::SaveView
        | A::ReadInstitutions
        | A::ReadMemberships
        | A::ReadFinancialStatements
        | A::ReadLocalLimits
        | A::ReadConfirmations
        | A::ReadInvestments
        | A::ReadAgreements
        | A::ReadQuotaGrants => match role {
            R::Officer | R::Approver | R::Treasurer | R::Auditor | R::Admin | R::Reviewer | R::BureauApprover => true,
            R::Client => false,
        },
        A::FileFinancialStatement | A::RegisterInvestment => match role {
            R::Officer | R::Treasurer => true,
            R::Approver | R::Auditor | R::Admin | R::Reviewer | R::BureauApprover | R::Client => false,
        },
        A::StateBankBranch => match role {
            R::Officer | R::Admin => true,
            R::Approver | R::Treasurer | R::Auditor | R::Reviewer | R::BureauApprover | R::Client => false,
        },
        A::StateAgreement | A::GrantQuota => match role {
            R::Approver => true,
            R::Officer | R::Treasurer | R::Auditor | R::Admin | R::Reviewer | R::BureauApprover | R::Client => false,
        },
        A::ReadUsers | A::ReadMachineClients | A::ReadAudit => match role {
            R::Auditor | R::Admin => true,
            R::Officer | R::Approver | R::Treasurer | R::Reviewer | R::BureauApprover | R::Client => false,
        },
        A::ReadParties | A::ReadContracts | A::ReadPortfolio | A::ReadCessions | A::ReadImports => match role {
            R::Officer | R::Approver | R::Treasurer | R::Auditor | R::Admin => true,
            R::Reviewer | R::BureauApprover | R::Client => false,
        },
        A::WriteParties
        | A::DraftContract
        | A::SubmitContract
        | A::DisburseContract
        | A::ReleaseContract
        | A::DecideFiling
        | A::ApplyFiling
        | A::PrepareImport => matches!(role, R::Officer),
        // Contracts that are taken over pass no approval of their own: so whoever brings them does not book them.
        A::DecideContract | A::GrantException | A::CorrectContract | A::MergeParties | A::ImportBook => {
            matches!(role, R::Approver)
        }
        A::EvaluateContract | A::CancelImport => matches!(role, R::Officer | R::Approver),
        A::DiscloseIdentifier => matches!(role, R::Officer | R::Approver),
        A::OnboardInstitution
        | A::DecideInstitution
        | A::AppointAdministrator
        | A::StateMembership
        | A::StateLocalLimit
        | A::StateConfirmation
        | A::StateBank
        | A::StateProduct
        | A::StateDeadline
        | A::ManageUsers
        | A::OffboardUser
        | A::ManageMachineClients => match role {
            R::Admin => true,
            R::Officer | R::Approver | R::Treasurer | R::Auditor | R::Reviewer | R::BureauApprover | R::Client => false,
        },
    }
}

impl Action {
    /// The grant with which a machine may do it; none when only people may.
    pub const fn grant(self) -> Option<Grant> {
        match self {
            Self::ReadInstitutions | Self::ReadMemberships => Some(Grant::InstitutionsRead),
            Self::OnboardInstitution | Self::DecideInstitution | Self::StateMembership => {
                Some(Grant::InstitutionsWrite)
            }
            Self::ReadFinancialStatements => Some(Grant::StatementsRead),
            Self::FileFinancialStatement => Some(Grant::StatementsWrite),
            Self::ReadLocalLimits
            | Self::ReadConfirmations
            | Self::ReadBanks
            | Self::ReadProducts
            | Self::ReadDeadlines => Some(Grant::ReferenceRead),
            Self::StateLocalLimit
            | Self::StateConfirmation
            | Self::StateBank
            | Self::StateBankBranch
            | Self::StateProduct
            | Self::StateDeadline => Some(Grant::ReferenceWrite),
            Self::ReadInvestments => Some(Grant::InvestmentsRead),
            Self::RegisterInvestment => Some(Grant::InvestmentsWrite),
            Self::ReadAgreements | Self::ReadQuotaGrants => Some(Grant::AgreementsRead),
            Self::StateAgreement | Self::GrantQuota => Some(Grant::AgreementsWrite),
            Self::ReadUsers | Self::ReadMachineClients => Some(Grant::PeopleRead),
            Self::ReadAudit => Some(Grant::AuditRead),
            Self::ReadParties => Some(Grant::PartiesRead),
            Self::WriteParties => Some(Grant::PartiesWrite),
            Self::ReadContracts => Some(Grant::ContractsRead),
            Self::ReadPortfolio => Some(Grant::PortfolioRead),
            Self::ReadCessions => Some(Grant::CessionsRead),
            Self::DecideFiling => Some(Grant::FilingsWrite),
            Self::DraftContract
            | Self::SubmitContract
            | Self::DisburseContract
            | Self::ReleaseContract
            | Self::ApplyFiling
            | Self::EvaluateContract => Some(Grant::ContractsWrite),
            Self::LogIn
            | Self::RefreshSession
            | Self::LogInMachine
            | Self::RedeemLink
            | Self::Initialise
            | Self::VerifyAudit
            | Self::LogOut
            | Self::ReadProfile
            | Self::ChangeProfile
            | Self::ChangePassword
            | Self::EnrolSecondFactor
            | Self::AppointAdministrator
            | Self::ManageUsers
            | Self::OffboardUser
            | Self::ManageMachineClients
            | Self::DecideContract
            | Self::GrantException
            | Self::CorrectContract
            | Self::LapseContracts
            | Self::ReadImports
            | Self::PrepareImport
            | Self::KeepMonthEnds
            | Self::ReadViews
            | Self::SaveView
            | Self::ImportBook
            | Self::CancelImport
            | Self::WorkImports
            | Self::MergeParties
            | Self::Reconcile
            | Self::DiscloseIdentifier => None,
        }
    }

    /// Whether it is done before one has a token.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::LogIn | Self::RefreshSession | Self::LogInMachine | Self::RedeemLink)
    }

    /// Whether whoever runs the program's commands does it.
    pub const fn is_operators(self) -> bool {
        matches!(
            self,
            Self::Initialise
                | Self::VerifyAudit
                | Self::AppointAdministrator
                | Self::LapseContracts
                | Self::PrepareImport
                | Self::KeepMonthEnds
                | Self::ImportBook
                | Self::WorkImports
                | Self::ReadPortfolio
                | Self::Reconcile
        )
    }

    /// Whether it moves the institution's book, under the one lock that its book has.
    pub const fn moves_book(self) -> bool {
        matches!(
            self,
            Self::DecideContract
                | Self::DisburseContract
                | Self::ReleaseContract
                | Self::CorrectContract
                | Self::MergeParties
        )
    }

    /// Whether it changes what decisions about the institution's own contracts rest on: what it says of its clients, its agreements, its
    /// products, its limits and its figures. Such an act leaves its number at the end of the journal, where whoever decides finds it.
    pub const fn changes_facts(self) -> bool {
        matches!(
            self,
            Self::WriteParties
                | Self::MergeParties
                | Self::StateAgreement
                | Self::StateProduct
                | Self::StateLocalLimit
                | Self::FileFinancialStatement
                | Self::RegisterInvestment
        )
    }

    /// Whether a suspended institution may still do it: its people come in and read, but decide nothing.
    pub const fn survives_suspension(self) -> bool {
        match self {
            Self::LogIn
            | Self::RefreshSession
            | Self::LogInMachine
            | Self::RedeemLink
            | Self::VerifyAudit
            | Self::AppointAdministrator
            | Self::LogOut
            | Self::ReadProfile
            | Self::ChangeProfile
            | Self::ChangePassword
            | Self::EnrolSecondFactor
            | Self::ReadInstitutions
            | Self::ReadMemberships
            | Self::ReadFinancialStatements
            | Self::ReadLocalLimits
            | Self::ReadConfirmations
            | Self::ReadInvestments
            | Self::ReadBanks
            | Self::ReadProducts
            | Self::ReadAgreements
            | Self::ReadQuotaGrants
            | Self::ReadDeadlines
            | Self::ReadUsers
            | Self::ManageUsers
            | Self::OffboardUser
            | Self::ReadMachineClients
            | Self::ManageMachineClients
            | Self::ReadAudit
            | Self::ReadParties
            | Self::DiscloseIdentifier
            | Self::ReadContracts
            | Self::ReadPortfolio
            | Self::ReadCessions
            | Self::ApplyFiling
            | Self::Reconcile
            | Self::EvaluateContract
            | Self::ReleaseContract
            | Self::CorrectContract
            | Self::ReadImports
            | Self::CancelImport
            | Self::WorkImports
            | Self::KeepMonthEnds
            | Self::ReadViews
            | Self::SaveView
            | Self::LapseContracts => true,
            Self::Initialise
            | Self::PrepareImport
            | Self::ImportBook
            | Self::OnboardInstitution
            | Self::FileFinancialStatement
            | Self::StateLocalLimit
            | Self::WriteParties
            | Self::MergeParties
            | Self::DraftContract
            | Self::SubmitContract
            | Self::DecideContract
            | Self::GrantException
            | Self::DisburseContract
            | Self::DecideFiling
            | Self::StateConfirmation
            | Self::RegisterInvestment
            | Self::StateBank
            | Self::StateBankBranch
            | Self::StateProduct
            | Self::StateAgreement
            | Self::GrantQuota
            | Self::StateDeadline
            | Self::DecideInstitution
            | Self::StateMembership => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Role, allows};

    #[test]
    fn an_auditor_only_reads_and_minds_the_own_account() {
        use Action as A;
        let own = [A::LogOut, A::ReadProfile, A::ChangeProfile, A::ChangePassword, A::EnrolSecondFactor, A::SaveView];
        for action in Action::ALL.iter().filter(|action| !own.contains(action)) {
            assert_eq!(allows(Role::Auditor, *action), action.word().starts_with("read_"), "{action}");
        }
    }

    #[test]
    fn what_changes_no_fact_that_decisions_rest_on_is_written_down_here() {
        use Action as A;
        let own_account = [
            A::LogIn,
            A::RefreshSession,
            A::LogInMachine,
            A::RedeemLink,
            A::LogOut,
            A::ChangeProfile,
            A::ChangePassword,
            A::EnrolSecondFactor,
            A::SaveView,
        ];
        // What is stated for others is read under their locks, not under that of whoever states it.
        let for_others = [
            A::Initialise,
            A::OnboardInstitution,
            A::DecideInstitution,
            A::AppointAdministrator,
            A::StateMembership,
            A::StateConfirmation,
            A::GrantQuota,
            A::DecideFiling,
        ];
        // Neither banks, nor people, nor deadlines are looked at by a decision.
        let beside = [
            A::StateBank,
            A::StateBankBranch,
            A::StateDeadline,
            A::ManageUsers,
            A::OffboardUser,
            A::ManageMachineClients,
            A::DiscloseIdentifier,
        ];
        // What moves contracts and the book is locked by itself; an import makes clients that no contract of before names.
        let of_contracts = [
            A::DraftContract,
            A::SubmitContract,
            A::DecideContract,
            A::GrantException,
            A::DisburseContract,
            A::ReleaseContract,
            A::CorrectContract,
            A::EvaluateContract,
            A::LapseContracts,
            A::ApplyFiling,
            A::KeepMonthEnds,
            A::PrepareImport,
            A::ImportBook,
            A::CancelImport,
            A::WorkImports,
        ];
        let reads = |action: &A| action.word().starts_with("read_") || [A::VerifyAudit, A::Reconcile].contains(action);
        for action in A::ALL {
            let listed = own_account.contains(action)
                || for_others.contains(action)
                || beside.contains(action)
                || of_contracts.contains(action)
                || reads(action);
            assert_ne!(action.changes_facts(), listed, "{action}");
        }
    }

    #[test]
    fn every_action_is_somebodys() {
        for action in Action::ALL {
            let persons = Role::ALL.iter().any(|role| allows(*role, *action));
            assert!(persons || action.is_public() || action.is_operators(), "{action}");
        }
    }
}
