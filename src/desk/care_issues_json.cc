// SPDX-License-Identifier: Apache-2.0
#include "desk/care_issues.h"
#include "desk/chain_json.h"
#include "desk/value_table.h"

namespace backcast {
namespace {

Json ShareJson(double part, double of) {
  const auto interval = WilsonInterval(part, of);
  if (!interval.ok()) return ValueJson(std::nullopt, "ratio", 0, "no contact is filed under an issue");
  return ValueJson(part / of, interval.value().low, interval.value().high, "ratio", of);
}

Json TrendJson(const IssueTrend& trend) {
  Json json = {{"verdict", ToWord(trend.verdict)},
               {"previous", ValueJson(trend.before, "count", trend.before, "")}};
  if (!trend.ratio) {
    json["share_ratio"] = ValueJson(std::nullopt, "ratio", trend.now + trend.before, trend.needs);
    json["share_ratio"]["state"] = "too_little_data";
    return json;
  }
  json["share_ratio"] =
      ValueJson(*trend.ratio, trend.interval->low, trend.interval->high, "ratio", trend.now + trend.before);
  json["dispersion"] = trend.dispersion;
  json["adjusted_p"] = trend.adjusted_p;
  return json;
}

Json ProofJson(const ChangeAnswer& answer) {
  const BeforeAfter& test = answer.expected.test;
  Json json = {{"id", answer.change.id},
               {"on", ToIso(answer.change.on)},
               {"metric", answer.expected.metric},
               {"verdict", ToWord(test.verdict)}};
  if (test.verdict == BeforeAfter::Verdict::kCannotTell) {
    json["because"] = answer.expected.because;
  } else {
    json["effect"] = ValueJson(answer.expected.effect, answer.expected.low, answer.expected.high, "ratio",
                               test.before + test.after);
  }
  return json;
}

Json PerOrdersJson(const std::optional<PerOrders>& per) {
  if (!per || per->orders <= 0) return ValueJson(std::nullopt, "ratio", 0, "no orders are reported");
  const auto limits = LimitsPer100(*per);
  if (!limits) {
    Json json = ValueJson(std::nullopt, "ratio", per->orders, "have few orders, need about 50");
    json["state"] = "too_little_data";
    return json;
  }
  return ValueJson(100 * per->contacts / per->orders, limits->low, limits->high, "ratio", per->orders);
}

Json IssueJson(const IssueRow& row, const CareIssues& issues) {
  const double coded = issues.contacts - issues.uncoded;
  Json drivers = Json::array(), proofs = Json::array();
  for (const IssueDriver& one : row.drivers)
    drivers.push_back({{"driver", one.driver.empty() ? Json() : Json(one.driver)},
                       {"contacts", ValueJson(one.contacts, "count", one.contacts, "")},
                       {"share", ShareJson(one.contacts, row.contacts())}});
  for (const ChangeAnswer& answer : row.improvements) proofs.push_back(ProofJson(answer));
  Json json = {
      {"issue", row.issue},
      {"other", row.other},
      {"key", row.key},
      {"contacts", ValueJson(row.contacts(), "count", row.contacts(), "")},
      {"conversations", row.conversations},
      {"calls", row.calls},
      {"posts", row.posts},
      {"notes", row.notes},
      {"share", ShareJson(row.contacts(), coded)},
      {"cumulative_share", row.cumulative},
      {"per_100_orders",
       PerOrdersJson(issues.per_orders ? std::optional(PerOrders{row.contacts(), issues.per_orders->orders})
                                       : std::nullopt)},
      {"trend", TrendJson(row.trend)},
      {"drivers", std::move(drivers)},
      {"plan_issue", row.planned.empty() ? Json() : Json(row.planned)},
      {"process_owner", row.process_owner.empty() ? Json() : Json(row.process_owner)}};
  const std::string unsaid =
      "the plan does not say which part is avoidable (service_review.issues.avoidable)";
  json["avoidable_contacts"] = row.avoidable
                                   ? ValueJson(row.contacts() * *row.avoidable, "count", row.contacts(), "")
                                   : ValueJson(std::nullopt, "count", 0, unsaid);
  json["avoidable_cost"] =
      !row.avoidable ? ValueJson(std::nullopt, issues.currency, 0, unsaid)
      : issues.cost_per_contact
          ? ValueJson(row.contacts() * *row.avoidable * *issues.cost_per_contact, issues.currency,
                      row.contacts(), "")
          : ValueJson(std::nullopt, issues.currency, 0,
                      "the plan does not say what a contact costs (care.cost_per_contact)");
  json["improvements"] = std::move(proofs);
  return json;
}

}  // namespace

std::string CareIssuesJson(const CareIssues& issues) {
  Json rows = Json::array(), faults = Json::array();
  for (const IssueRow& row : issues.issues) rows.push_back(IssueJson(row, issues));
  for (const TaxonomyFault& fault : issues.taxonomy.faults)
    faults.push_back({{"id", fault.id}, {"have", fault.have}, {"limit", fault.limit}});
  const TaxonomyHealth& taxonomy = issues.taxonomy;
  Json data = {{"contacts", ValueJson(issues.contacts, "count", issues.contacts, "")},
               {"previous", ValueJson(issues.before, "count", issues.before, "")},
               {"contacts_per_100_orders", PerOrdersJson(issues.per_orders)},
               {"previous_per_100_orders", PerOrdersJson(issues.per_orders_before)},
               {"issues", std::move(rows)},
               {"taxonomy",
                {{"rules_version", issues.rules.version},
                 {"enough", taxonomy.enough},
                 {"issues", taxonomy.issues},
                 {"rare", taxonomy.rare},
                 {"effective", taxonomy.effective},
                 {"coded_share", ShareJson(taxonomy.coded, taxonomy.contacts)},
                 {"other_share", ShareJson(taxonomy.other, taxonomy.coded)},
                 {"faults", std::move(faults)}}},
               {"proposals", issues.proposals.empty() ? Json() : Json(issues.proposals)},
               {"remarks", issues.remarks}};
  Json json = Envelope("care-issues", issues.workspace, std::move(data));
  const auto span = [](const Window& window) {
    return Json{{"from", ToIso(window.from)}, {"to", ToIso(window.to - std::chrono::days{1})}};
  };
  json["as_of"] = ToIso(issues.as_of);
  json["period"] = span(issues.period);
  json["compare"] = issues.compare.days() > 0 ? span(issues.compare) : Json();
  return Dump(json);
}

std::string CareIssuesCsv(const CareIssues& issues) {
  ValueTable table("issue");
  for (const IssueRow& row : issues.issues) {
    Json json = IssueJson(row, issues);
    json.erase("issue");
    table.Add(row.issue, json);
  }
  return table.ToCsv();
}

}  // namespace backcast
