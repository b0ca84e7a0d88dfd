// SPDX-License-Identifier: Apache-2.0
#include "desk/workspace.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

#include "desk/instant.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

/// The nearest folder upward that looks like a workspace; `start` itself when none does.
fs::path FindUpward(const fs::path& start) {
  std::error_code ignored;
  for (fs::path folder = start; !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / "plan.yaml", ignored) || fs::is_directory(folder / ".backcast", ignored))
      return folder;
    if (folder == folder.parent_path()) break;
  }
  return start;
}

}  // namespace

Result<std::string> ReadTextFile(const std::string& path, std::size_t limit) {
  std::error_code fault;
  const auto size = fs::file_size(path, fault);
  if (fault)
    return Error{Code::kInput, path, "the file cannot be read (" + fault.message() + ")", "check the name"};
  if (size > limit)
    return Error{Code::kInput, path, "the file is larger than " + std::to_string(limit >> 20) + " MB", ""};
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!file) return Error{Code::kUnavailable, path, "the file cannot be read", "check its permissions"};
  return bytes;
}

Result<Done> WriteWhole(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".tmp-" + std::to_string(getpid());
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.flush();
    if (!file) {
      std::error_code ignored;
      fs::remove(temporary, ignored);
      return Error{Code::kUnavailable, path, "the file cannot be written",
                   "check the folder, its permissions and the disk"};
    }
  }
  std::error_code fault;
  fs::rename(temporary, path, fault);
  if (fault)
    return Error{Code::kUnavailable, path, "the file cannot be written (" + fault.message() + ")", ""};
  return Done{};
}

Result<Workspace> Workspace::Open(const Settings& settings) {
  Workspace workspace;
  workspace.settings_ = settings;
  std::error_code fault;
  fs::path folder =
      settings.workspace.empty() ? FindUpward(fs::current_path(fault)) : fs::path(settings.workspace);
  if (!fs::is_directory(folder, fault)) {
    return Error{Code::kUsage, folder.string(), "there is no such folder",
                 "give a workspace with --workspace DIR"};
  }
  workspace.folder_ = fs::canonical(folder, fault).string();
  workspace.name_ = fs::path(workspace.folder_).filename().string();
  BACKCAST_TRY(workspace.schemas_, Schemas::Shipped());
  BACKCAST_TRY(workspace.catalogue_, Catalogue::Shipped(workspace.schemas_));
  const Result<Done> read = workspace.ReadPlanFile();
  if (!read.ok()) workspace.plan_error_ = read.error();
  return workspace;
}

Result<Done> Workspace::ReadPlanFile() {
  const std::string path = PathOf("plan.yaml");
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return Done{};
  BACKCAST_TRY(std::string text, ReadTextFile(path));
  return AdoptPlan(std::move(text), "plan.yaml");
}

Result<Done> Workspace::AdoptPlan(std::string text, const std::string& file) {
  BACKCAST_TRY(PlanReading reading, ReadPlan(text, file, catalogue_));
  if (!reading.plan.brand.empty()) name_ = reading.plan.brand;
  // The plan's own metrics join the catalogue; one that does not hold is a finding of the text layer.
  if (const std::string own = CustomMetricsYaml(reading.plan); !own.empty()) {
    for (const Error& fault : catalogue_.Add(own, file + " custom_metrics", schemas_)) {
      reading.findings.push_back({.rule = "T11",
                                  .severity = Severity::kError,
                                  .file = file,
                                  .place = {},
                                  .message = ToSentence(fault),
                                  .why = "A metric that cannot be computed has no number.",
                                  .fix = fault.hint,
                                  .seed = "catalogue",
                                  .node = ""});
    }
  }
  plan_ = std::move(reading.plan);
  findings_ = std::move(reading.findings);
  plan_text_ = std::move(text);
  return Done{};
}

Result<Done> Workspace::NeedPlan() const {
  if (plan_error_) return *plan_error_;
  if (plan_) return Done{};
  return Error{
      Code::kInput, PathOf("plan.yaml"), "there is no plan here",
      "begin one with backcast init (docs/formats/plan.md begins with 20 lines), or make a demo: backcast "
      "demo my-demo"};
}

Result<Workspace> Workspace::WithPlan(const std::string& text, const std::string& file) const {
  Workspace other;
  other.settings_ = settings_;
  other.folder_ = folder_;
  other.name_ = std::filesystem::path(folder_).filename().string();
  other.own_plan_ = false;
  other.schemas_ = schemas_;
  BACKCAST_TRY(other.catalogue_, Catalogue::Shipped(other.schemas_));
  BACKCAST_CHECK(other.AdoptPlan(text, file));
  return other;
}

std::vector<Finding> Workspace::Findings(Day today) const {
  std::vector<Finding> all = findings_;
  if (plan_) {
    for (Finding& finding : ExamineChain(*plan_, catalogue_, today)) all.push_back(std::move(finding));
  }
  MarkAccepted(all, today);
  return all;
}

void Workspace::MarkAccepted(std::vector<Finding>& findings, Day today) const {
  const Result<std::vector<AcceptedFinding>> notes = OpenState().Accepted();
  if (!notes.ok()) {
    findings.push_back({.rule = "T12",
                        .severity = Severity::kWarning,
                        .file = plan_ ? plan_->file : "plan.yaml",
                        .place = {},
                        .message = "Which findings were accepted cannot be read, so all of them count: " +
                                   notes.error().where + ": " + notes.error().what + ".",
                        .why = "A signed note that is not seen would silently change a verdict.",
                        .fix = notes.error().hint,
                        .seed = "",
                        .node = ""});
    return;
  }
  const std::string day = ToIso(today);
  std::map<std::pair<std::string_view, std::string_view>, const AcceptedFinding*> holding;
  for (const AcceptedFinding& note : notes.value()) {
    if (note.HoldsOn(day)) holding[{note.rule, note.node}] = &note;
  }
  for (Finding& finding : findings) {
    const auto found = holding.find({finding.rule, finding.node});
    if (found == holding.end()) continue;
    const AcceptedFinding& note = *found->second;
    finding.accepted = Acceptance{note.accepted.because, note.accepted.by, note.accepted.on, note.until};
  }
}

Result<Done> Workspace::OpenLake(Talk& talk) {
  const std::string state = PathOf(".backcast");
  std::error_code fault;
  fs::create_directories(state + "/lake", fault);
  fs::create_directories(state + "/cache/spill", fault);
  if (fault)
    return Error{Code::kUnavailable, state, "the folder cannot be made (" + fault.message() + ")",
                 "check its permissions"};
  DuckDbOptions options;
  options.threads = settings_.threads;
  options.memory = settings_.memory;
  options.spill = state + "/cache/spill";
  options.folders = {state};
  BACKCAST_TRY(engine_, DuckDb::Open(options));
  BACKCAST_CHECK(engine_->Lock());
  talk.Watch(engine_.get());
  BACKCAST_TRY(Lake lake, Lake::Open(state + "/lake", schemas_, Now));
  lake_ = std::make_unique<Lake>(std::move(lake));
  return Done{};
}

Result<std::string> Workspace::Salt() const {
  const std::string path = PathOf(".backcast/salt");
  for (int attempt = 0; attempt < 2; ++attempt) {
    std::ifstream file(path);
    std::string salt;
    if (file && std::getline(file, salt) && salt.size() == 64) return salt;
    std::array<unsigned char, 32> random{};
    if (getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) break;
    std::string hex;
    for (const unsigned char byte : random) {
      hex += "0123456789abcdef"[byte >> 4];
      hex += "0123456789abcdef"[byte & 15];
    }
    // Written under another name and linked, so that two processes agree on the first one.
    const std::string temporary = path + ".tmp-" + std::to_string(getpid());
    const int handle = open(temporary.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
    if (handle < 0) break;
    const bool written =
        write(handle, hex.data(), hex.size()) == static_cast<ssize_t>(hex.size()) && fsync(handle) == 0;
    close(handle);
    if (written) (void)!link(temporary.c_str(), path.c_str());
    unlink(temporary.c_str());
  }
  return Error{Code::kUnavailable, path, "the workspace's secret cannot be kept",
               "check the folder's permissions"};
}

}  // namespace backcast
