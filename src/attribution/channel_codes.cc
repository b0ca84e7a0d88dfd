// SPDX-License-Identifier: Apache-2.0
#include "attribution/channel_codes.h"

#include "base/ascii.h"

namespace backcast {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }

}  // namespace

std::string FoldedName(std::string_view name) {
  std::string folded;
  bool blank = false;
  for (const char c : name) {
    if (IsBlank(c)) {
      blank = !folded.empty();
      continue;
    }
    if (blank) folded += ' ';
    blank = false;
    folded += LowerAscii(c);
  }
  return folded;
}

std::optional<ChannelCode> ChannelCodes::CodeOf(std::string_view name, double times) {
  const auto known = written_.find(name);
  if (known != written_.end()) {
    known->second.times += times;
    return known->second.code;
  }
  std::string folded = FoldedName(name);
  if (folded.empty()) return std::nullopt;
  auto code = codes_.find(folded);
  if (code == codes_.end()) {
    if (full()) return std::nullopt;
    code = codes_.emplace(folded, static_cast<ChannelCode>(folded_.size())).first;
    folded_.push_back(std::move(folded));
  }
  written_.emplace(name, Spelling{code->second, times});
  return code->second;
}

std::optional<std::vector<ChannelCode>> ChannelCodes::Take(const ChannelCodes& more) {
  std::vector<ChannelCode> codes;
  for (const std::string& folded : more.folded_) {
    const auto [code, is_new] = codes_.try_emplace(folded, static_cast<ChannelCode>(folded_.size()));
    if (is_new) {
      if (full()) return std::nullopt;
      folded_.push_back(folded);
    }
    codes.push_back(code->second);
  }
  for (const auto& [name, spelling] : more.written_)
    written_.try_emplace(name, Spelling{codes[spelling.code], 0}).first->second.times += spelling.times;
  return codes;
}

std::vector<ChannelCode> ChannelCodes::PutInOrder() {
  std::vector<ChannelCode> codes(folded_.size());
  folded_.clear();
  for (auto& [name, code] : codes_) {
    codes[code] = static_cast<ChannelCode>(folded_.size());
    code = codes[code];
    folded_.push_back(name);
  }
  for (auto& [name, spelling] : written_) spelling.code = codes[spelling.code];
  return codes;
}

std::vector<std::string> ChannelCodes::Shown() const {
  std::vector<std::string> shown(folded_.size());
  std::vector<double> most(folded_.size(), -1);
  for (const auto& [name, spelling] : written_) {
    std::string& best = shown[spelling.code];
    double& times = most[spelling.code];
    if (spelling.times < times || (spelling.times == times && name >= best)) continue;
    times = spelling.times;
    best = name;
  }
  for (std::string& name : shown) {
    while (!name.empty() && IsBlank(name.back())) name.pop_back();
    while (!name.empty() && IsBlank(name.front())) name.erase(0, 1);
  }
  return shown;
}

ChannelCode ChannelCodes::Find(const std::vector<std::string>& folded_words) const {
  for (const std::string& word : folded_words) {
    const auto found = codes_.find(word);
    if (found != codes_.end()) return found->second;
  }
  return kNoChannel;
}

}  // namespace backcast
