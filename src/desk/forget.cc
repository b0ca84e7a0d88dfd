// SPDX-License-Identifier: Apache-2.0
#include "desk/forget.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/number.h"
#include "desk/answer_paper.h"
#include "desk/envelope.h"
#include "desk/forget_find.h"
#include "desk/forget_words.h"
#include "desk/question.h"
#include "state/forgotten.h"

namespace backcast {
namespace {

namespace fs = std::filesystem;

/// What was done, or would be, to one table.
struct ForgottenRows {
  std::string table;
  std::int64_t deleted = 0, nameless = 0, reworded = 0;  ///< rows of the newest version
  std::int64_t files = 0;                                ///< of all kept versions, written anew
};

struct ForgetAnswer {
  std::string workspace;
  bool dry_run = false;
  KnownPerson person;
  std::vector<ForgottenRows> tables;
  std::vector<std::string> exports;  ///< files that the rows were read from
  bool in_state = false;             ///< plans, notes or decisions hold the word
  std::int64_t marks = 0;
};

Result<std::int64_t> Count(DuckDb& engine, const std::string& table, const std::string& condition,
                           const std::string& without = "") {
  if (condition.empty()) return std::int64_t{0};
  BACKCAST_TRY(const Table counted,
               engine.Run("select count(*) from " + QuoteName(table) + " where (" + condition + ")" +
                          (without.empty() ? "" : " and (" + without + ") is distinct from true")));
  return static_cast<std::int64_t>(counted.columns[0].numbers[0]);
}

/// Rows of the newest version by what happens to them.
Result<std::vector<ForgottenRows>> CountNow(DuckDb& engine, const std::vector<ForgetEdit>& plans) {
  std::vector<ForgottenRows> tables;
  for (const ForgetEdit& plan : plans) {
    ForgottenRows one;
    one.table = plan.edit.table;
    BACKCAST_TRY(one.deleted, Count(engine, one.table, plan.goes));
    BACKCAST_TRY(one.nameless, Count(engine, one.table, plan.nameless));
    std::string before = plan.goes;
    if (!plan.nameless.empty()) before += (before.empty() ? "" : " or ") + plan.nameless;
    BACKCAST_TRY(one.reworded, Count(engine, one.table, plan.reworded, before));
    tables.push_back(std::move(one));
  }
  return tables;
}

/// Files that the rows came from, in any version.
Result<std::vector<std::string>> ExportsOf(DuckDb& engine, const std::vector<ForgetEdit>& plans) {
  std::set<std::string> files;
  for (const ForgetEdit& plan : plans) {
    BACKCAST_TRY(
        const Table table,
        engine.Run("select distinct l.file from \"ever load\" l join (select distinct load_id from " +
                   QuoteName("ever " + plan.edit.table) + " where " + plan.edit.touches +
                   ") t on t.load_id = l.load_id"));
    for (std::size_t row = 0; row < table.rows; ++row) files.insert(table.columns[0].words[row]);
  }
  return std::vector<std::string>(files.begin(), files.end());
}

/// Whether a file of the workspace's own memory holds one of the words.
bool Holds(const std::string& path, const std::vector<std::string>& words) {
  const Result<std::string> bytes = ReadTextFile(path);
  return bytes.ok() && std::any_of(words.begin(), words.end(), [&](const std::string& word) {
           return bytes.value().find(word) != std::string::npos;
         });
}

/// What commands left in the cache; standard input may hold anything.
void ClearCache(const Workspace& workspace) {
  std::vector<fs::path> left;
  std::error_code failed;
  for (fs::directory_iterator at(workspace.PathOf(".backcast/cache"), failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().filename() != "spill") left.push_back(at->path());
  }
  for (const fs::path& path : left) fs::remove_all(path, failed);
}

std::string Joined(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

std::string Did(const ForgottenRows& one, bool dry_run) {
  std::string text;
  const auto add = [&](std::int64_t rows, const char* would, const char* did) {
    if (rows > 0) text += (text.empty() ? "" : ", ") + Counted(rows, "row") + (dry_run ? would : did);
  };
  add(one.deleted, " to delete", " deleted");
  add(one.nameless, " to stay without the person", " without the person");
  add(one.reworded, " in which a word goes", " in which a word went");
  return text.empty() ? "nothing in the newest version" : text;
}

std::string ToPaper(const ForgetAnswer& answer, Format format) {
  AnswerPaper paper(format);
  paper.Heading(answer.dry_run ? "What forget would do; nothing was changed" : "Forgotten");
  const auto ids = static_cast<std::int64_t>(answer.person.keys.size());
  paper.Sentence(Counted(ids, "id") + " of this person" +
                 (answer.person.joined > 0
                      ? ", " + std::to_string(answer.person.joined) + " by joined identities"
                      : "") +
                 ".");
  if (!answer.person.words.empty())
    paper.Sentence("Looked for in what others wrote: " + Joined(answer.person.words) + ".");
  if (answer.person.unnamed > 0)
    paper.Sentence(
        Counted(answer.person.unnamed, "id") +
        " of this person known by code only: no text or name of the lake has the word of such an id standing "
        "alone. Shorter than five characters, with a blank inside or written otherwise, it is not seen: name "
        "it itself if others may have written it.");
  AnswerTable table{{"fact", "what", "files of all versions"}, {false, false, true}, {}};
  for (const ForgottenRows& one : answer.tables)
    table.rows.push_back({one.table, Did(one, answer.dry_run), std::to_string(one.files)});
  paper.Table(table);
  if (table.rows.empty()) paper.Sentence("No row of any kept version names the person.");
  if (answer.person.shared > 0)
    paper.Sentence(
        Counted(answer.person.shared, "id") +
        " joined to this person and to somebody else as well: left with the others. Name such an id "
        "itself to forget it too.");
  for (const std::string& file : answer.exports)
    paper.Sentence("Still in a file of yours, which is not touched: " + file + ".");
  if (answer.in_state)
    paper.Sentence(
        "Such a word also stands in .backcast/state.sqlite, in a plan, a note or a decision of your own; "
        "that is not touched.");
  if (!answer.dry_run)
    paper.Sentence(
        "A keyed mark is kept, so that ingest refuses such rows from now on. It names nobody. What "
        "others wrote about the person in other words cannot be known.");
  return paper.Take();
}

std::string ToJsonText(const ForgetAnswer& answer) {
  Json tables = Json::array();
  for (const ForgottenRows& one : answer.tables) {
    tables.push_back({{"fact", one.table},
                      {"rows_deleted", one.deleted},
                      {"rows_nameless", one.nameless},
                      {"rows_reworded", one.reworded},
                      {"files", one.files}});
  }
  return Dump(Envelope("forget", answer.workspace,
                       {{"dry_run", answer.dry_run},
                        {"ids", answer.person.keys.size()},
                        {"ids_joined", answer.person.joined},
                        {"ids_shared_and_left", answer.person.shared},
                        {"ids_known_by_code_only", answer.person.unnamed},
                        {"words", answer.person.words},
                        {"facts", std::move(tables)},
                        {"export_files", answer.exports},
                        {"in_own_notes", answer.in_state},
                        {"marks_kept", answer.marks}}));
}

}  // namespace

Result<Answer> Forget(Workspace& workspace, const ForgetCommand& command, Day today, Talk& talk) {
  if (!command.yes && !command.dry_run) {
    return Error{Code::kUsage, "", "forget deletes for good, in old versions of the lake too",
                 "see what it would do with --dry-run, then say --yes"};
  }
  const bool printable = std::all_of(command.id.begin(), command.id.end(),
                                     [](unsigned char c) { return c >= ' ' && c != 0x7F; });
  const std::size_t first = command.id.find_first_not_of(' ');
  if (first == std::string::npos || !printable)
    return Error{Code::kUsage, "", "this is no id of a person", "give it as the export writes it"};
  const std::string id = command.id.substr(first, command.id.find_last_not_of(' ') + 1 - first);
  BACKCAST_CHECK(workspace.OpenLake(talk));
  DuckDb& engine = workspace.engine();
  const std::string folder = workspace.lake().folder();
  // What a broken-off rewrite left goes first; it may hold somebody who was forgotten.
  if (!command.dry_run) BACKCAST_CHECK(RewriteLake(engine, folder, workspace.schemas(), {}, false));
  BACKCAST_TRY(const std::string salt, workspace.Salt());
  BACKCAST_CHECK(AttachEver(engine, folder, workspace.schemas()));
  ForgetAnswer answer;
  answer.workspace = workspace.name();
  answer.dry_run = command.dry_run;
  BACKCAST_TRY(answer.person, FindPerson(workspace, id, salt));
  BACKCAST_CHECK(FindWords(workspace, id, salt, answer.person));
  BACKCAST_TRY(const std::vector<ForgetEdit> plans,
               PlanForgetting(workspace, answer.person, command.amounts));
  BACKCAST_CHECK(workspace.lake().Attach(engine));
  BACKCAST_TRY(answer.tables, CountNow(engine, plans));
  BACKCAST_TRY(answer.exports, ExportsOf(engine, plans));
  BACKCAST_TRY(const std::vector<std::string> marks, MarksOf(workspace, answer.person, salt));
  std::vector<TableEdit> edits;
  for (const ForgetEdit& plan : plans) edits.push_back(plan.edit);
  if (!command.dry_run && !marks.empty()) {
    // First, so that no ingest brings back what is being taken out.
    BACKCAST_CHECK(KeepForgotten(workspace.PathOf(".backcast"), marks, ToIso(today)));
    answer.marks = static_cast<std::int64_t>(marks.size());
  }
  BACKCAST_TRY(const std::vector<TableRewritten> done,
               RewriteLake(engine, folder, workspace.schemas(), edits, command.dry_run));
  if (!command.dry_run) ClearCache(workspace);
  for (const TableRewritten& one : done) {
    for (ForgottenRows& table : answer.tables) {
      if (table.table == one.table) table.files = one.files;
    }
  }
  std::erase_if(answer.tables, [](const ForgottenRows& one) {
    return one.files == 0 && one.deleted + one.nameless + one.reworded == 0;
  });
  answer.in_state = Holds(workspace.PathOf(".backcast/state.sqlite"), answer.person.words);
  if (answer.person.keys.empty() && answer.tables.empty()) {
    return Error{Code::kInput, workspace.folder(), "nobody is known by this id",
                 "give the e-mail address or number as the export writes it, or the id as the lake codes it"};
  }
  Answer out;
  out.out = command.format == Format::kJson ? ToJsonText(answer) : ToPaper(answer, command.format);
  return out;
}

}  // namespace backcast
