// SPDX-License-Identifier: Apache-2.0
#include "desk/ingest.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/nearest.h"
#include "base/number.h"
#include "desk/envelope.h"
#include "desk/fact_schema.h"
#include "desk/rows.h"
#include "facts/type_words.h"
#include "ingest/ingest.h"
#include "state/forgotten.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

/// A file that could not be used, and why.
struct Unusable {
  std::string file;
  Error error;
};

/// Files of a folder in the order of their names; hidden files and links out of the folder are left out.
Result<std::vector<std::string>> FilesIn(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code fault;
  for (fs::recursive_directory_iterator at(folder, fault), end; !fault && at != end; at.increment(fault)) {
    const bool hidden = at->path().filename().string().starts_with(".");
    if (hidden && at->is_directory(fault)) at.disable_recursion_pending();
    if (!hidden && at->is_regular_file(fault) && !at->is_symlink(fault)) files.push_back(at->path().string());
  }
  if (fault)
    return Error{Code::kUnavailable, folder.string(), "the folder cannot be read (" + fault.message() + ")",
                 ""};
  std::sort(files.begin(), files.end());
  return files;
}

/// stdin as a file of the cache, so that it can be read twice: once to recognise it, once to keep it.
Result<std::string> KeepStdin(const Workspace& workspace) {
  const std::string path = workspace.PathOf(".backcast/cache/stdin-" + std::to_string(getpid()));
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  std::vector<char> block(1 << 20);
  for (;;) {
    const ssize_t count = read(STDIN_FILENO, block.data(), block.size());
    if (count < 0) return Error{Code::kUnavailable, "stdin", "standard input cannot be read", ""};
    if (count == 0) break;
    file.write(block.data(), count);
  }
  file.flush();
  if (!file) return Error{Code::kUnavailable, path, "standard input cannot be kept", "is the disk full?"};
  return path;
}

class Run {
 public:
  Run(Workspace& workspace, const IngestCommand& command, Talk& talk)
      : workspace_(workspace), command_(command), talk_(talk) {}

  Result<Done> Start() {
    BACKCAST_TRY(sources_, Sources::Shipped(workspace_.schemas()));
    BACKCAST_TRY(salt_, workspace_.Salt());
    BACKCAST_TRY(const std::vector<std::string> marks, ReadForgotten(workspace_.PathOf(".backcast")));
    known_marks_ = marks.size();
    if (!marks.empty()) {
      forgotten_ = std::make_shared<const Forgotten>(
          salt_, std::unordered_set<std::string>(marks.begin(), marks.end()));
    }
    return Done{};
  }

  Result<Done> Take(const std::string& path) {
    if (path == "-") {
      BACKCAST_TRY(const std::string kept, KeepStdin(workspace_));
      Result<Done> taken = TakeFile(kept, "stdin");
      std::error_code ignored;
      fs::remove(kept, ignored);
      return taken;
    }
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
      LayAside({path, {Code::kInput, path, "there is no such file or folder", "check the name"}});
      return Done{};
    }
    if (!fs::is_directory(path, ignored)) return TakeFile(path, ShownAs(path));
    BACKCAST_TRY(const std::vector<std::string> files, FilesIn(path));
    for (const std::string& file : files) BACKCAST_CHECK(TakeFile(file, ShownAs(file)));
    return Done{};
  }

  /// Somebody who was forgotten meanwhile may have come back with what was being read.
  void SayIfForgottenMeanwhile() {
    const auto marks = ReadForgotten(workspace_.PathOf(".backcast"));
    if (marks.ok() && marks.value().size() != known_marks_)
      talk_.Say("somebody was forgotten while this was read; run forget for them once more");
  }

  const std::vector<FileReceipt>& receipts() const { return receipts_; }
  const std::vector<Unusable>& unusable() const { return unusable_; }

 private:
  /// Relative to the workspace where it lies inside.
  std::string ShownAs(const std::string& path) const {
    std::error_code fault;
    const std::string inside = fs::relative(path, workspace_.folder(), fault).string();
    return fault || inside.empty() || inside.starts_with("..") ? path : inside;
  }

  Result<Done> TakeFile(const std::string& path, const std::string& shown) {
    if (talk_.stopped())
      return Error{Code::kInterrupted, "", "interrupted", "files named above are kept whole"};
    IngestOptions options;
    options.source = command_.source;
    options.words.account = command_.account;
    options.words.currency = command_.currency;
    options.words.observed = command_.observed;
    if (command_.year) options.words.year = std::to_string(*command_.year);
    options.words.from = command_.from;
    options.words.to = command_.to;
    options.dry_run = command_.dry_run;
    options.shown_as = shown;
    options.forgotten = forgotten_;
    const IngestProgress progress = [&](std::uint64_t done, std::uint64_t total) {
      talk_.Progress(shown, total == 0 ? -1 : static_cast<double>(done) / static_cast<double>(total));
      return !talk_.stopped();
    };
    Result<std::vector<FileReceipt>> read =
        IngestFile(path, options, workspace_.schemas(), sources_, workspace_.engine(), &workspace_.lake(),
                   salt_, progress);
    if (!read.ok()) {
      const Code code = read.error().code;
      if (code == Code::kInterrupted || code == Code::kUnavailable || code == Code::kInternal)
        return read.error();
      LayAside({shown, read.error()});
      return Done{};
    }
    for (FileReceipt& receipt : read.value()) {
      for (const std::string& remark : receipt.remarks) talk_.Say("  " + receipt.file + ": " + remark);
      receipts_.push_back(std::move(receipt));
    }
    SayUnusable();
    return Done{};
  }

  /// The only file's fault is the command's own error and is not said twice.
  void LayAside(Unusable file) {
    unusable_.push_back(std::move(file));
    if (unusable_.size() > 1 || !receipts_.empty()) SayUnusable();
  }

  void SayUnusable() {
    for (; said_ < unusable_.size(); ++said_) talk_.Say(ToSentence(unusable_[said_].error));
  }

  Workspace& workspace_;
  const IngestCommand& command_;
  Talk& talk_;
  Sources sources_;
  std::string salt_;
  std::shared_ptr<const Forgotten> forgotten_;
  std::size_t known_marks_ = 0;
  std::vector<FileReceipt> receipts_;
  std::vector<Unusable> unusable_;
  std::size_t said_ = 0;  ///< of the unusable
};

Json ToJson(const FileReceipt& receipt) {
  return {{"file", receipt.file},
          {"table", receipt.table.empty() ? Json(nullptr) : Json(receipt.table)},
          {"sha256", receipt.sha256},
          {"source", receipt.source},
          {"account", receipt.account.empty() ? Json(nullptr) : Json(receipt.account)},
          {"fact", receipt.fact},
          {"facts", receipt.facts},
          {"rows_read", receipt.rows_read},
          {"rows_kept", receipt.rows_kept},
          {"rows_refused", receipt.rows_refused},
          {"rows_unchanged", receipt.rows_unchanged},
          {"rows_restated", receipt.rows_restated},
          {"from", receipt.from.empty() ? Json(nullptr) : Json(receipt.from)},
          {"to", receipt.to.empty() ? Json(nullptr) : Json(receipt.to)},
          {"already_loaded", receipt.already_loaded},
          {"restated_by", receipt.restated_by},
          {"remarks", receipt.remarks}};
}

struct Totals {
  std::int64_t read = 0, kept = 0, refused = 0, unchanged = 0, restated = 0;
};

Totals Add(const std::vector<FileReceipt>& receipts) {
  Totals totals;
  for (const FileReceipt& receipt : receipts) {
    totals.read += receipt.rows_read;
    totals.kept += receipt.rows_kept;
    totals.refused += receipt.rows_refused;
    totals.unchanged += receipt.rows_unchanged;
    totals.restated += receipt.rows_restated;
  }
  return totals;
}

std::string ToText(const FileReceipt& receipt) {
  std::string line = receipt.file + (receipt.table.empty() ? "" : " [" + receipt.table + "]") + ": " +
                     receipt.source + ", " + Counted(receipt.rows_kept, "row");
  if (!receipt.from.empty()) line += " from " + receipt.from + " to " + receipt.to;
  if (receipt.already_loaded) return line + ", read before: nothing changes\n";
  if (receipt.rows_unchanged > 0) line += ", " + std::to_string(receipt.rows_unchanged) + " unchanged";
  if (receipt.rows_restated > 0) line += ", " + std::to_string(receipt.rows_restated) + " restated";
  for (const auto& [column, sum] : receipt.restated_by) {
    char text[64];
    std::snprintf(text, sizeof text, " (%+.10g ", sum);
    line += text + column + ")";
  }
  if (receipt.rows_refused > 0) line += ", " + std::to_string(receipt.rows_refused) + " refused";
  line += "\n";
  for (std::size_t i = 0; i < std::min<std::size_t>(3, receipt.refused.size()); ++i) {
    const Quarantined& row = receipt.refused[i];
    line += "    " + receipt.file + ":" + std::to_string(row.line) + ": " +
            (row.column.empty() ? "" : row.column + ": ") + row.reason + "\n";
  }
  return line;
}

std::string Render(const Workspace& workspace, const Run& run, const IngestCommand& command) {
  const Totals totals = Add(run.receipts());
  if (command.format == Format::kJson) {
    Json files = Json::array();
    for (const FileReceipt& receipt : run.receipts()) files.push_back(ToJson(receipt));
    Json json = Envelope("ingest", workspace.name(),
                         {{"files", files},
                          {"totals",
                           {{"rows_read", totals.read},
                            {"rows_kept", totals.kept},
                            {"rows_refused", totals.refused},
                            {"rows_unchanged", totals.unchanged},
                            {"rows_restated", totals.restated}}},
                          {"dry_run", command.dry_run}});
    for (const Unusable& file : run.unusable()) {
      json["findings"].push_back({{"rule", "unusable_file"},
                                  {"severity", "error"},
                                  {"file", file.file},
                                  {"message", ToSentence(file.error)}});
    }
    return Dump(json);
  }
  std::string out;
  for (const FileReceipt& receipt : run.receipts()) out += ToText(receipt);
  if (run.receipts().empty() && run.unusable().empty()) return "There is nothing to read here.\n";
  out += Counted(static_cast<std::int64_t>(run.receipts().size()), "table") + ": " +
         Counted(totals.kept, "row") + " kept (" + std::to_string(totals.unchanged) + " unchanged, " +
         std::to_string(totals.restated) + " restated), " + std::to_string(totals.refused) + " refused";
  if (!run.unusable().empty())
    out += "; " + Counted(static_cast<std::int64_t>(run.unusable().size()), "file") + " could not be used";
  out += command.dry_run ? "; nothing was written (dry run)\n"
                         : "\nnext: backcast score -w " + workspace.folder() + "\n";
  return out;
}

Result<Done> WriteRejects(const Run& run, const std::string& path) {
  Table table;
  for (const char* name : {"file", "line", "column", "reason", "value"})
    table.columns.push_back({name, true, {}, {}, {}});
  for (const FileReceipt& receipt : run.receipts()) {
    for (const Quarantined& row : receipt.refused) {
      const std::string cells[] = {receipt.file, std::to_string(row.line), row.column, row.reason, row.value};
      for (std::size_t i = 0; i < 5; ++i) {
        table.columns[i].present.push_back(1);
        table.columns[i].words.push_back(cells[i]);
      }
      ++table.rows;
    }
  }
  return WriteWhole(path, RenderTable(table, Format::kCsv));
}

Json ToJson(const Detection& detection) {
  Json alternatives = Json::array();
  for (const Alternative& each : detection.alternatives) {
    alternatives.push_back(
        {{"source", each.source}, {"confidence", each.confidence}, {"missing", each.missing}});
  }
  return {{"source", detection.source.empty() ? Json(nullptr) : Json(detection.source)},
          {"fact", detection.facts.empty() ? Json(nullptr) : Json(detection.facts[0])},
          {"facts", detection.facts},
          {"confidence", detection.confidence},
          {"reasons", detection.reasons},
          {"alternatives", alternatives}};
}

/// The nearest layouts and what each misses.
Error Unknown(const std::vector<Detection>& tables, const std::string& path) {
  std::string nearest;
  for (const Alternative& each : tables.empty() ? std::vector<Alternative>{} : tables[0].alternatives) {
    std::string missing;
    for (const std::string& column : each.missing) missing += (missing.empty() ? "" : ", ") + column;
    nearest += (nearest.empty() ? "" : "; ") + each.source +
               " (missing: " + (missing.empty() ? "nothing" : missing) + ")";
  }
  return {Code::kInput, path, "no known layout fits this file",
          nearest.empty() ? "backcast sources list names the layouts" : "the nearest are " + nearest};
}

std::string ToText(const Detection& detection) {
  char confidence[16];
  std::snprintf(confidence, sizeof confidence, "%.2f", detection.confidence);
  std::string out = detection.source + " (confidence " + confidence + ")\n";
  for (const std::string& reason : detection.reasons) out += "  " + reason + "\n";
  for (const Alternative& each : detection.alternatives) {
    out += "  instead of " + each.source;
    if (!each.missing.empty()) out += ", which would need " + each.missing[0];
    out += "\n";
  }
  return out;
}

}  // namespace

Result<Answer> Ingest(Workspace& workspace, const IngestCommand& command, Talk& talk) {
  if (!command.observed.empty()) {
    if (const auto day = ParseIsoDay(command.observed); !day.ok())
      return Error{Code::kUsage, "--observed", day.error().what, day.error().hint};
  }
  BACKCAST_CHECK(workspace.OpenLake(talk));
  Run run(workspace, command, talk);
  BACKCAST_CHECK(run.Start());
  for (const std::string& path : command.paths) BACKCAST_CHECK(run.Take(path));
  run.SayIfForgottenMeanwhile();
  if (!command.rejects.empty()) BACKCAST_CHECK(WriteRejects(run, command.rejects));
  if (run.receipts().empty() && !run.unusable().empty()) return run.unusable()[0].error;
  Answer answer;
  answer.out = Render(workspace, run, command);
  answer.findings = !run.unusable().empty() || (command.strict && Add(run.receipts()).refused > 0);
  return answer;
}

Result<Answer> ListSources(const Workspace& workspace, Format format) {
  BACKCAST_TRY(const Sources sources, Sources::Shipped(workspace.schemas()));
  Table table;
  for (const char* name : {"id", "title", "fact"}) table.columns.push_back({name, true, {}, {}, {}});
  Json list = Json::array();
  for (const Mapping& mapping : sources.all()) {
    const std::string cells[] = {mapping.id, mapping.title, mapping.main_fact};
    for (std::size_t i = 0; i < 3; ++i) {
      table.columns[i].present.push_back(1);
      table.columns[i].words.push_back(cells[i]);
    }
    ++table.rows;
    list.push_back({{"id", mapping.id},
                    {"title", mapping.title},
                    {"platform", mapping.platform},
                    {"fact", mapping.main_fact},
                    {"counter", mapping.counter}});
  }
  if (format == Format::kJson)
    return Answer{Dump(Envelope("sources", workspace.name(), {{"sources", list}})), false};
  return Answer{RenderTable(table, format), false};
}

Result<Answer> ShowSource(const Workspace& workspace, const std::string& id, Format format) {
  BACKCAST_TRY(const Sources sources, Sources::Shipped(workspace.schemas()));
  const Mapping* mapping = sources.Find(id);
  if (mapping == nullptr) {
    std::vector<std::string> known;
    for (const Mapping& each : sources.all()) known.push_back(each.id);
    const std::string hint = DidYouMean(id, known);
    return Error{Code::kUsage, "", "there is no layout '" + id + "'",
                 hint.empty() ? "backcast sources list names them all" : hint};
  }
  const bool by_hand = id == "backcast_" + mapping->main_fact;
  const Fact* of_fact = by_hand ? workspace.schemas().Find(mapping->main_fact) : nullptr;
  Json columns = Json::array(), facts = Json::array();
  std::string out = mapping->id + ": " + mapping->title + "\n\nfills:\n";
  for (const Fill& fill : mapping->fills) {
    facts.push_back(fill.fact);
    out += "  " + fill.fact + "\n";
  }
  out += "\ncolumns, in any order (each in any of these spellings):\n";
  for (std::size_t i = 0; i < mapping->fields.size(); ++i) {
    const Field& field = mapping->fields[i];
    if (field.make != Make::kColumn) continue;
    const bool required =
        std::any_of(mapping->required.begin(), mapping->required.end(), [&](const std::vector<int>& group) {
          return std::find(group.begin(), group.end(), static_cast<int>(i)) != group.end();
        });
    std::string names;
    for (const std::string& name : field.names) names += (names.empty() ? "" : " | ") + name;
    const FactColumn* own = of_fact == nullptr ? nullptr : of_fact->Find(field.id);
    const std::string type = own == nullptr ? "" : TypeText(*own);
    out += std::string(required ? "  * " : "    ") + field.id + (type.empty() ? "" : " (" + type + ")") +
           ": " + names + "\n";
    columns.push_back({{"id", field.id}, {"names", field.names}, {"required", required}});
    if (own != nullptr) columns.back()["type"] = ToWord(own->type);
  }
  out += "\n* needed to recognise the file (of a group, one is enough)\n";
  if (of_fact != nullptr) out += "What they mean: backcast schema describe " + of_fact->id + "\n";
  if (format != Format::kJson) return Answer{out, false};
  return Answer{Dump(Envelope("sources", workspace.name(),
                              {{"id", mapping->id},
                               {"title", mapping->title},
                               {"counter", mapping->counter},
                               {"facts", facts},
                               {"columns", columns}})),
                false};
}

Result<Answer> DescribeFile(const Workspace& workspace, const std::string& path, Format format) {
  BACKCAST_TRY(const Sources sources, Sources::Shipped(workspace.schemas()));
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return Error{Code::kInput, path, "there is no such file", "check the name"};
  BACKCAST_TRY(const std::vector<Detection> tables, DetectFile(path, sources));
  std::string out;
  Json all = Json::array();
  const bool known =
      std::any_of(tables.begin(), tables.end(), [](const Detection& each) { return !each.source.empty(); });
  if (!known) return Unknown(tables, path);
  for (const Detection& detection : tables) {
    out += ToText(detection);
    all.push_back(ToJson(detection));
  }
  if (format != Format::kJson) return Answer{out, false};
  Json data = all.empty() ? Json::object() : all[0];
  data["file"] = path;
  data["tables"] = all;
  return Answer{Dump(Envelope("sources", workspace.name(), data)), false};
}

}  // namespace backcast
