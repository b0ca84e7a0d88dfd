// SPDX-License-Identifier: Apache-2.0
#include "desk/listen_settings.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "base/sha256.h"
#include "desk/tone_view.h"
#include "plan/blocks.h"
#include "plan/rulebook.h"

namespace backcast {
namespace {

/// Labels in the words of people and programs.
std::optional<Tone> ToneOfWord(const std::string& written) {
  std::string word;
  for (const char c : written) {
    if (c == ' ' || c == '\t' || c == '"' || c == '\r') continue;
    word += LowerAscii(c);
  }
  if (word == "negative" || word == "neg" || word == "-1") return Tone::kNegative;
  if (word == "neutral" || word == "neu" || word == "0") return Tone::kNeutral;
  if (word == "positive" || word == "pos" || word == "1" || word == "+1") return Tone::kPositive;
  return std::nullopt;
}

std::string Unquoted(std::string cell) {
  while (!cell.empty() && (cell.back() == '\r' || cell.back() == ' ')) cell.pop_back();
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  return cell;
}

/// Lines "mention_id,label"; the first may be a header.
Result<Done> ReadLabels(const std::string& text, std::map<std::string, Tone>& labels) {
  int number = 0;
  for (std::size_t from = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string line = text.substr(from, end - from);
    from = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::size_t comma = line.rfind(',');
    const auto tone = comma == std::string::npos ? std::nullopt : ToneOfWord(line.substr(comma + 1));
    if (tone) {
      labels[Unquoted(line.substr(0, comma))] = *tone;
    } else if (number > 1) {
      return Error{Code::kInput, "labels.csv:" + std::to_string(number),
                   "this line is not a mention and its label: '" + Shortened(line) + "'",
                   "write mention_id,label with positive, neutral or negative"};
    }
  }
  return Done{};
}

/// A few digits that change when the plan's words do.
std::string DigestOf(const nlohmann::ordered_json& words) {
  return "plan@" +
         Sha256Hex(words.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)).substr(0, 8);
}

/// The plan's own words as an overlay of the lexicon.
Result<Done> AddOwnWords(const Yaml& listening, const std::string& file, ListenSettings& settings) {
  nlohmann::ordered_json overlay = nlohmann::ordered_json::object();
  if (const Yaml* words = listening.Find("words"); words != nullptr && words->IsMap()) {
    for (const Yaml::Entry& entry : words->entries) {
      const auto valence = entry.value.Number();
      if (!valence || *valence < -4 || *valence > 4) {
        return Error{Code::kInput, At(file, entry.place),
                     "the word '" + Shortened(entry.key) + "' needs a number from -4 to 4", ""};
      }
      overlay["words"][entry.key] = *valence;
      settings.own_words.push_back(entry.key);
    }
  }
  const std::vector<std::string> neutral = listening.Texts("neutral");
  if (!neutral.empty()) overlay["neutral"] = neutral;
  for (const std::string& word : neutral) settings.own_words.push_back(word);
  if (overlay.empty()) return Done{};
  settings.read_by = "+" + DigestOf(overlay);
  return settings.lexicon.Overlay(overlay.dump(), At(file, listening.place));
}

void ReadIssues(const Plan& plan, ListenSettings& settings) {
  nlohmann::ordered_json words = nlohmann::ordered_json::array();
  for (const Yaml* issue : Blocks(plan.root, "service_review.issues")) {
    const std::string id = issue->Text("id");
    settings.issues.push_back({id, issue->Text("name", id), issue->Texts("words")});
    const ListenIssue& last = settings.issues.back();
    if (!last.words.empty()) words.push_back({last.name, last.words});
  }
  if (!words.empty()) settings.issues_by = std::string(kReadByBackcast) + DigestOf(words);
}

void ReadFixes(const Plan& plan, ListenSettings& settings) {
  std::map<std::string, std::vector<std::string>> talk;
  for (const Yaml* item : Blocks(plan.root, "improvements")) talk[item->Text("id")] = item->Texts("talk");
  std::vector<std::string> remarks;
  for (DeclaredChange& change : DeclaredChanges(plan, "", remarks)) {
    if (change.issue.empty()) continue;
    std::vector<std::string> words = talk[change.id];
    settings.fixes.push_back({std::move(change), std::move(words)});
  }
}

Result<Done> ReadPlan(const Plan& plan, ListenSettings& settings) {
  ReadIssues(plan, settings);
  ReadFixes(plan, settings);
  const Yaml* listening = plan.root.Find("listening");
  if (listening == nullptr || !listening->IsMap()) return Done{};
  if (const Yaml* queries = listening->Find("queries"); queries != nullptr && queries->IsMap()) {
    for (const Yaml::Entry& entry : queries->entries) settings.queries[entry.key] = entry.value.text;
  }
  settings.domains = listening->Texts("domains");
  for (const std::string& domain : settings.domains) BACKCAST_CHECK(settings.lexicon.AddDomain(domain));
  BACKCAST_CHECK(AddOwnWords(*listening, plan.file, settings));
  const std::vector<std::string> expected = listening->Texts("languages");
  return expected.empty() ? Done{} : settings.languages.Restrict(expected);
}

}  // namespace

Result<ListenSettings> ReadWords(const Workspace& workspace) {
  BACKCAST_TRY(Lexicon lexicon, Lexicon::Shipped());
  BACKCAST_TRY(LanguageModel languages, LanguageModel::Shipped());
  ListenSettings settings{{}, {}, {}, {}, {}, {}, std::move(lexicon), std::move(languages), "", ""};
  if (workspace.plan()) BACKCAST_CHECK(ReadPlan(*workspace.plan(), settings));
  settings.read_by = std::string(kReadByBackcast) + settings.lexicon.version() + settings.read_by;
  return settings;
}

Result<ListenSettings> ReadListenSettings(const Workspace& workspace) {
  BACKCAST_TRY(ListenSettings settings, ReadWords(workspace));
  const std::string path = workspace.PathOf("labels.csv");
  if (std::filesystem::exists(path)) {
    BACKCAST_TRY(const std::string text, ReadTextFile(path));
    BACKCAST_CHECK(ReadLabels(text, settings.labels));
  }
  return settings;
}

}  // namespace backcast
