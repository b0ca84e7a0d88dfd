// SPDX-License-Identifier: Apache-2.0
// What people contact the company about, before it is written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "care/driver_area.h"
#include "care/issue_trend.h"
#include "care/taxonomy.h"
#include "chain/changes.h"
#include "desk/care_answer.h"

namespace backcast {

struct IssueDriver {
  std::string driver;  ///< "" for contacts that name none
  double contacts = 0;
};

struct IssueRow {
  std::string issue;
  double conversations = 0, calls = 0;  ///< contacts of the period
  double posts = 0, notes = 0;          ///< public mentions of the own brand; notes that name the issue
  bool other = false;                   ///< a word for the rest, no issue
  bool key = false;                     ///< one of the few that make most of the coded contacts
  double cumulative = 0;                ///< share of coded contacts up to this one, the largest first
  IssueTrend trend;
  std::vector<IssueDriver> drivers;  ///< the most frequent first
  // What the plan says of it.
  std::string planned, planned_driver, process_owner;  ///< id of service_review.issues, its driver, its owner
  std::optional<double> avoidable;                     ///< share that would not come
  std::vector<ChangeAnswer> improvements;              ///< put to the test

  double contacts() const { return conversations + calls; }
};

/// A count by 100 orders, of one period.
struct PerOrders {
  double contacts = 0, orders = 0;
};

struct CareIssues {
  std::string workspace, currency;
  Window period, compare;
  Day as_of{};
  std::vector<IssueRow> issues;  ///< the most frequent first
  double contacts = 0, before = 0, uncoded = 0;
  TaxonomyRules rules;
  TaxonomyHealth taxonomy;
  std::optional<PerOrders> per_orders, per_orders_before;
  std::optional<double> cost_per_contact;
  std::vector<std::string> remarks;
  std::string proposals;  ///< YAML for the plan; empty when there is nothing to propose
};

/// What calls, conversations, posts and notes are about. Errors: those of ReadCareIssues; kTooLittle without
/// a contact.
Result<Answer> ShowCareIssues(Workspace& workspace, const Ready& ready, const ScoreOptions& card);

/// Errors: those of the engine, of AskChanges.
Result<CareIssues> ReadCareIssues(Workspace& workspace, const Ready& ready);

/// Entries for the plan, of key issues that it does not have or does nothing about: issue, driver, process
/// owner where the team has one; with an owner also an improvement and what is expected of it. Empty when
/// there are none.
std::string IssueProposals(const CareIssues& issues, const std::optional<Plan>& plan,
                           const std::vector<DriverArea>& areas);

/// Contacts by 100 orders with exact limits; nothing without 50 orders.
std::optional<Interval> LimitsPer100(const PerOrders& per);
inline constexpr double kFewestOrders = 50;

std::string CareIssuesJson(const CareIssues& issues);
/// Every value of every issue, a row each.
std::string CareIssuesCsv(const CareIssues& issues);
/// Text or Markdown; `columns` of the terminal.
std::string CareIssuesPaper(const CareIssues& issues, Format format, int columns);

}  // namespace backcast
