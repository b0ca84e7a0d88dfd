// SPDX-License-Identifier: Apache-2.0
#include "desk/content_labels.h"

#include <algorithm>
#include <filesystem>

#include "base/ascii.h"
#include "base/number.h"
#include "desk/instant.h"
#include "ingest/records.h"

namespace backcast {
namespace {

std::string Trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n"), to = text.find_last_not_of(" \t\r\n");
  return from == std::string_view::npos ? "" : std::string(text.substr(from, to - from + 1));
}

std::optional<std::size_t> ColumnOf(const Head& head, std::string_view name) {
  for (std::size_t i = 0; i < head.header.size(); ++i) {
    if (LowerAscii(Trimmed(head.header[i])) == name) return i;
  }
  return std::nullopt;
}

}  // namespace

Result<HandLabels> ReadThemesFile(const std::string& path, std::vector<std::string>& remarks) {
  const Error wrong{Code::kInput, path, "this is no table with the columns post and theme",
                    "a row is a post's id and one of its themes, for example 17918273645,repair"};
  auto readers = OpenRecords(path);
  if (!readers.ok()) return readers.error();
  if (readers.value().empty()) return wrong;
  RecordReader& reader = *readers.value().front();
  const auto post = ColumnOf(reader.head(), "post"), theme = ColumnOf(reader.head(), "theme");
  if (!post || !theme) return wrong;
  HandLabels labels;
  RecordBatch batch;
  std::vector<RefusedRecord> refused;
  std::int64_t empty = 0;
  for (;;) {
    BACKCAST_TRY(const bool more, reader.Next(batch, refused));
    if (!more) break;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const std::string id = Trimmed(batch.cells[row * batch.columns + *post]),
                        name = Trimmed(batch.cells[row * batch.columns + *theme]);
      if (id.empty()) {
        ++empty;
        continue;
      }
      std::vector<std::string>& themes = labels[id];
      if (!name.empty() && std::find(themes.begin(), themes.end(), name) == themes.end())
        themes.push_back(name);
    }
  }
  if (empty > 0) remarks.push_back(Counted(empty, "row") + " of themes.csv without a post, left out");
  if (!refused.empty())
    remarks.push_back(Counted(static_cast<std::int64_t>(refused.size()), "row") +
                      " of themes.csv that cannot be read (line " + std::to_string(refused.front().line) +
                      ": " + refused.front().reason + ")");
  return labels;
}

Result<ContentLabels> ReadLabelRules(const Workspace& workspace) {
  ContentLabels labels;
  if (workspace.plan()) {
    if (const Yaml* block = workspace.plan()->root.Find("content"); block != nullptr && block->IsMap()) {
      BACKCAST_TRY(labels.rules, ReadContentRules(*block, workspace.plan()->file));
    }
  }
  const std::string path = workspace.PathOf(kThemesFile);
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    BACKCAST_TRY(labels.by_hand, ReadThemesFile(path, labels.remarks));
  }
  AddPostsOf(labels.rules, labels.by_hand);
  if (!labels.rules.themes.empty() || !labels.by_hand.empty())
    labels.version = LabelVersion(labels.rules, labels.by_hand);
  return labels;
}

Result<ContentLabels> ReadContentLabels(const Workspace& workspace, Talk& talk) {
  BACKCAST_TRY(ContentLabels labels, ReadLabelRules(workspace));
  if (labels.version.empty()) return labels;
  auto seen = workspace.OpenState().LabelsFirstSeen(labels.version, InstantNow());
  if (seen.ok()) {
    labels.first_seen = std::move(seen).value();
  } else {
    talk.Say("the version of the labels was not kept: " + ToSentence(seen.error()));
  }
  return labels;
}

}  // namespace backcast
