// SPDX-License-Identifier: Apache-2.0
#include "desk/forget_words.h"

#include <algorithm>
#include <set>

#include "compile/compile.h"
#include "facts/forget_rules.h"
#include "ingest/person.h"

namespace backcast {
namespace {

/// Most runs of letters and digits that one id is made of: "anna.b@mail.example.com" has five.
constexpr std::size_t kMostRuns = 8;

bool IsOfWord(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Every piece of `text` that begins and ends with a word, at most kMostRuns words long, with the sign
/// before it ("@anna") and without.
template <class Ask>
void ForEachPiece(const std::string& text, const Ask& ask) {
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (std::size_t at = 0; at < text.size();) {
    if (!IsOfWord(text[at])) {
      ++at;
      continue;
    }
    const std::size_t from = at;
    while (at < text.size() && IsOfWord(text[at])) ++at;
    runs.emplace_back(from, at);
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t from = runs[i].first;
    for (std::size_t j = i; j < std::min(runs.size(), i + kMostRuns); ++j) {
      const std::size_t to = runs[j].second;
      if (to - from + 1 < kShortestWord) continue;
      ask(text.substr(from, to - from));
      if (from > 0) ask(text.substr(from - 1, to - from + 1));
    }
  }
}

/// Queries for everything in which a word of a person may stand.
std::vector<std::string> Places(const Schemas& schemas) {
  std::vector<std::string> places;
  const auto add = [&](const std::string& what, const std::string& table) {
    places.push_back("select distinct " + what + " from " + QuoteName("ever " + table));
  };
  for (const Fact& fact : schemas.all()) {
    for (const FactColumn& column : fact.columns) {
      const std::string name = QuoteName(column.name);
      // What parts words: all but letters, digits and the signs of ASCII, which ids have inside them.
      if (column.type == Type::kText)
        add("unnest(string_split_regex(" + name + ", '[^\\pL\\pN\\pM\\x21-\\x7E]+'))", fact.id);
      else if (column.type == Type::kLabel &&
               std::count(NameColumns().begin(), NameColumns().end(), column.name) > 0)
        add(name, fact.id);
    }
  }
  for (const RecordColumns& record : RecordsThatName()) {
    for (const std::string& column : record.columns) add(QuoteName(column), record.table);
  }
  return places;
}

}  // namespace

const std::vector<RecordColumns>& RecordsThatName() {
  static const std::vector<RecordColumns> records = {{"quarantine", {"value", "reason", "file"}},
                                                     {"load", {"file", "account"}}};
  return records;
}

Result<Done> FindWords(Workspace& workspace, const std::string& id, const std::string& salt,
                       KnownPerson& person) {
  std::set<std::string> unnamed(person.naturals.begin(), person.naturals.end());
  unnamed.erase(PersonId(salt, id));
  if (id.size() >= kShortestWord) person.words.push_back(id);
  const std::vector<std::string> places =
      unnamed.empty() ? std::vector<std::string>() : Places(workspace.schemas());
  for (const std::string& place : places) {
    BACKCAST_TRY(const Table table, workspace.engine().Run(place));
    for (std::size_t row = 0; row < table.rows; ++row) {
      ForEachPiece(table.columns[0].words[row], [&](const std::string& piece) {
        if (piece.size() >= kShortestWord && unnamed.erase(PersonId(salt, piece)) > 0)
          person.words.push_back(piece);
      });
    }
  }
  // A longer word first, so that no part of it is taken for a shorter one.
  std::stable_sort(person.words.begin(), person.words.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  person.unnamed = static_cast<int>(unnamed.size());
  return Done{};
}

}  // namespace backcast
