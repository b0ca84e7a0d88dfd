// SPDX-License-Identifier: Apache-2.0
#include "cli/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "base/nearest.h"
#include "base/yaml.h"

namespace backcast {
namespace {

struct Setting {
  std::string_view name, option, variable;
};

constexpr std::array<Setting, 3> kSettings = {{{"workspace", "--workspace", "BACKCAST_WORKSPACE"},
                                               {"threads", "--threads", "BACKCAST_THREADS"},
                                               {"memory", "--memory", "BACKCAST_MEMORY"}}};

struct Origin {
  std::string value, from;
};
using Origins = std::map<std::string, Origin, std::less<>>;

std::string UserFile() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  if (config != nullptr && config[0] != '\0') return std::string(config) + "/backcast/config.yaml";
  return home == nullptr ? "" : std::string(home) + "/.config/backcast/config.yaml";
}

Result<Done> AddFile(const std::string& path, Origins& origins) {
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) return Done{};
  BACKCAST_TRY(const std::string text, ReadTextFile(path, 1 << 20));
  BACKCAST_TRY(const Yaml root, ParseYaml(text, path));
  std::vector<std::string> known;
  for (const Setting& setting : kSettings) known.emplace_back(setting.name);
  for (const Yaml::Entry& entry : root.entries) {
    if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
      return Error{Code::kInput, At(path, entry.place), "there is no setting '" + entry.key + "'",
                   DidYouMean(entry.key, known)};
    }
    origins[entry.key] = {entry.value.text, path};
  }
  return Done{};
}

Result<Origins> ReadOrigins(const Words& words) {
  Origins origins = {{"workspace", {"", "built in: the nearest folder upward"}},
                     {"threads", {"0", "built in: one per core"}},
                     {"memory", {"", "built in: four fifths of the machine"}}};
  BACKCAST_CHECK(AddFile(UserFile(), origins));
  const char* variable = std::getenv("BACKCAST_WORKSPACE");
  const std::string folder = words.Has("--workspace") ? words.Get("--workspace")
                             : variable != nullptr    ? variable
                                                      : ".";
  BACKCAST_CHECK(AddFile(folder + "/.backcast/config.yaml", origins));
  for (const Setting& setting : kSettings) {
    const char* value = std::getenv(std::string(setting.variable).c_str());
    if (value != nullptr && value[0] != '\0')
      origins[std::string(setting.name)] = {value, std::string(setting.variable)};
    if (words.Has(setting.option))
      origins[std::string(setting.name)] = {words.Get(setting.option), std::string(setting.option)};
  }
  return origins;
}

}  // namespace

Result<Settings> SettingsOf(const Words& words) {
  BACKCAST_TRY(const Origins origins, ReadOrigins(words));
  if (const std::string engine = words.Get("--engine", "duckdb"); engine != "duckdb") {
    return Error{Code::kUsage, "", "there is no engine '" + engine + "' in this version", "duckdb"};
  }
  Settings settings;
  settings.workspace = origins.at("workspace").value;
  settings.memory = origins.at("memory").value;
  const Origin& threads = origins.at("threads");
  const char* end = threads.value.data() + threads.value.size();
  const auto [rest, fault] = std::from_chars(threads.value.data(), end, settings.threads);
  if (fault != std::errc() || rest != end || settings.threads < 0 || settings.threads > 1024) {
    return Error{Code::kUsage, threads.from, "the number of threads cannot be '" + threads.value + "'",
                 "0 means one per core"};
  }
  return settings;
}

Result<Answer> ShowSettings(const Words& words, bool origin) {
  BACKCAST_TRY(const Origins origins, ReadOrigins(words));
  Answer answer;
  for (const auto& [name, setting] : origins) {
    answer.out += name + ": " + (setting.value.empty() ? "(none)" : setting.value) +
                  (origin ? "    # " + setting.from : "") + "\n";
  }
  return answer;
}

}  // namespace backcast
