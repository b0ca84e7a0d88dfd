// SPDX-License-Identifier: Apache-2.0
#include "state/state.h"

#include <charconv>
#include <filesystem>

#include "state/database.h"
#include "state/schema.h"

namespace backcast {
namespace {

std::int64_t Integer(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

WorkspaceState::WorkspaceState(std::string folder, std::chrono::milliseconds patience)
    : folder_(std::move(folder)), patience_(patience) {}
WorkspaceState::WorkspaceState(WorkspaceState&&) noexcept = default;
WorkspaceState& WorkspaceState::operator=(WorkspaceState&&) noexcept = default;
WorkspaceState::~WorkspaceState() = default;

Result<Database*> WorkspaceState::Use(bool write) {
  if (database_ && (writable_ || !write)) return database_.get();
  const std::string path = folder_ + "/state.sqlite";
  std::error_code fault;
  if (!write && !std::filesystem::exists(path, fault)) return static_cast<Database*>(nullptr);
  if (write) {
    std::filesystem::create_directories(folder_, fault);
    if (fault) {
      return Error{Code::kUnavailable, folder_, "the folder cannot be made (" + fault.message() + ")",
                   "check its permissions"};
    }
  }
  BACKCAST_TRY(Database database, Database::Open(path, write, patience_));
  BACKCAST_CHECK(BringUpToDate(database, path));
  database_ = std::make_unique<Database>(std::move(database));
  writable_ = write;
  return database_.get();
}

Result<bool> WorkspaceState::Record(const PlanRevision& revision, std::string_view text) {
  static constexpr std::string_view kNewest = "SELECT sha256 FROM plan_revision ORDER BY number DESC LIMIT 1";
  // Mostly the plan is the one of last time; then nothing is locked and nothing is written.
  BACKCAST_TRY(Database * reader, Use(false));
  if (reader != nullptr) {
    BACKCAST_TRY(const auto newest, reader->Run(kNewest));
    if (!newest.empty() && newest[0][0] == revision.sha256) return false;
  }
  BACKCAST_TRY(Database * database, Use(true));
  return database->Change([&]() -> Result<bool> {
    BACKCAST_TRY(const auto newest, database->Run(kNewest));
    if (!newest.empty() && newest[0][0] == revision.sha256) return false;
    BACKCAST_CHECK(database->Run("INSERT OR IGNORE INTO plan_text VALUES(?1, ?2)", {revision.sha256, text}));
    BACKCAST_CHECK(
        database->Run("INSERT INTO plan_revision(sha256, seen_at, version, revised_on, revised_by, because) "
                      "VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                      {revision.sha256, revision.seen_at, revision.version, revision.revised_on,
                       revision.revised_by, revision.because}));
    return true;
  });
}

Result<std::vector<PlanRevision>> WorkspaceState::Revisions() {
  std::vector<PlanRevision> revisions;
  BACKCAST_TRY(Database * database, Use(false));
  if (database == nullptr) return revisions;
  BACKCAST_TRY(const auto rows,
               database->Run("SELECT number, sha256, seen_at, version, revised_on, revised_by, because "
                             "FROM plan_revision ORDER BY number"));
  for (const Database::Row& row : rows)
    revisions.push_back({Integer(row[0]), row[1], row[2], Integer(row[3]), row[4], row[5], row[6]});
  return revisions;
}

Result<std::string> WorkspaceState::PlanText(std::string_view sha256) {
  BACKCAST_TRY(Database * database, Use(false));
  if (database != nullptr) {
    BACKCAST_TRY(auto rows, database->Run("SELECT text FROM plan_text WHERE sha256 = ?1", {sha256}));
    if (!rows.empty()) return std::move(rows[0][0]);
  }
  return Error{Code::kInput, folder_ + "/state.sqlite",
               "no revision of the plan has the sha256 " + std::string(sha256),
               "backcast plan log lists them"};
}

Result<Done> WorkspaceState::Accept(const std::vector<AcceptedFinding>& findings) {
  BACKCAST_TRY(Database * database, Use(true));
  return database->Change([&]() -> Result<Done> {
    for (const AcceptedFinding& finding : findings) {
      const Signature& signed_by = finding.accepted;
      BACKCAST_CHECK(
          database->Run("UPDATE accepted_finding SET withdrawn_because = 'accepted anew', withdrawn_by = ?3, "
                        "withdrawn_by_from = ?4, withdrawn_on = ?5 "
                        "WHERE rule = ?1 AND node = ?2 AND withdrawn_by = ''",
                        {finding.rule, finding.node, signed_by.by, signed_by.by_from, signed_by.on}));
      BACKCAST_CHECK(database->Run(
          "INSERT INTO accepted_finding(rule, node, because, accepted_by, by_from, accepted_on, "
          "plan_version, until) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
          {finding.rule, finding.node, signed_by.because, signed_by.by, signed_by.by_from, signed_by.on,
           finding.plan_version, finding.until}));
    }
    return Done{};
  });
}

Result<std::vector<std::int64_t>> WorkspaceState::Withdraw(std::string_view rule, std::string_view node,
                                                           bool every_node, const Signature& signature) {
  BACKCAST_TRY(Database * reader, Use(false));
  if (reader == nullptr) return std::vector<std::int64_t>();
  BACKCAST_TRY(Database * database, Use(true));
  return database->Change([&]() -> Result<std::vector<std::int64_t>> {
    BACKCAST_TRY(const auto rows,
                 database->Run("UPDATE accepted_finding SET withdrawn_because = ?4, withdrawn_by = ?5, "
                               "withdrawn_by_from = ?6, withdrawn_on = ?7 "
                               "WHERE rule = ?1 AND (?3 OR node = ?2) AND withdrawn_by = '' RETURNING id",
                               {rule, node, std::int64_t{every_node}, signature.because, signature.by,
                                signature.by_from, signature.on}));
    std::vector<std::int64_t> ids;
    for (const Database::Row& row : rows) ids.push_back(Integer(row[0]));
    return ids;
  });
}

Result<std::vector<AcceptedFinding>> WorkspaceState::Accepted() {
  std::vector<AcceptedFinding> findings;
  BACKCAST_TRY(Database * database, Use(false));
  if (database == nullptr) return findings;
  BACKCAST_TRY(const auto rows,
               database->Run("SELECT id, rule, node, accepted_by, by_from, accepted_on, because, "
                             "plan_version, until, withdrawn_by, withdrawn_by_from, withdrawn_on, "
                             "withdrawn_because FROM accepted_finding ORDER BY id"));
  for (const Database::Row& row : rows) {
    findings.push_back({Integer(row[0]),
                        row[1],
                        row[2],
                        {row[3], row[4], row[5], row[6]},
                        Integer(row[7]),
                        row[8],
                        {row[9], row[10], row[11], row[12]}});
  }
  return findings;
}

Result<Done> WorkspaceState::Decide(const KeptDecision& decision) {
  BACKCAST_TRY(Database * database, Use(true));
  BACKCAST_CHECK(database->Run(
      "INSERT INTO decision(node, seen, decided, decided_by, by_from, decided_at) VALUES(?1, ?2, ?3, ?4, ?5, "
      "?6)",
      {decision.node, decision.seen, decision.decided, decision.by, decision.by_from, decision.at}));
  return Done{};
}

Result<std::vector<KeptDecision>> WorkspaceState::Decisions() {
  std::vector<KeptDecision> decisions;
  BACKCAST_TRY(Database * database, Use(false));
  if (database == nullptr) return decisions;
  BACKCAST_TRY(const auto rows,
               database->Run("SELECT id, node, seen, decided, decided_by, by_from, decided_at "
                             "FROM decision ORDER BY id"));
  for (const Database::Row& row : rows)
    decisions.push_back({Integer(row[0]), row[1], row[2], row[3], row[4], row[5], row[6]});
  return decisions;
}

Result<std::string> WorkspaceState::LabelsFirstSeen(std::string_view version, std::string_view now) {
  static constexpr std::string_view kSeen = "SELECT seen_at FROM label_version WHERE version = ?1";
  // Mostly the labels are those of last time; then nothing is locked and nothing is written.
  BACKCAST_TRY(Database * reader, Use(false));
  if (reader != nullptr) {
    BACKCAST_TRY(auto seen, reader->Run(kSeen, {version}));
    if (!seen.empty()) return std::move(seen[0][0]);
  }
  BACKCAST_TRY(Database * database, Use(true));
  return database->Change([&]() -> Result<std::string> {
    BACKCAST_CHECK(database->Run("INSERT OR IGNORE INTO label_version VALUES(?1, ?2)", {version, now}));
    BACKCAST_TRY(auto seen, database->Run(kSeen, {version}));
    return std::move(seen[0][0]);
  });
}

}  // namespace backcast
