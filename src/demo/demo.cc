// SPDX-License-Identifier: Apache-2.0
#include "demo/demo.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "demo/exports.h"
#include "demo/workspace.h"

namespace backcast::demo {
namespace {

namespace fs = std::filesystem;
constexpr int kFewestDays = 60;
constexpr int kMostDays = 3660;
constexpr const char* kTruth = "truth.json";

Result<Done> CheckOptions(const DemoOptions& options) {
  if (options.kind != "b2c")
    return Error{Code::kUsage, "--kind", "there is no simulated brand of the kind '" + options.kind + "'",
                 "use b2c"};
  if (options.days < kFewestDays || options.days > kMostDays)
    return Error{Code::kUsage, "--days", "a demo has between 60 and 3660 days",
                 "use 420 for a year and a bit"};
  if (!(options.scale >= 0.01 && options.scale <= 100))
    return Error{Code::kUsage, "--scale", "a demo is scaled by 0.01 to 100",
                 "use 1 for a brand of ordinary size"};
  return Done{};
}

Error CannotUse(const std::string& folder, const std::string& what) {
  return {Code::kUnavailable, folder, what, "name another folder"};
}

/// True for a path inside the folder: truth.json may have been edited.
bool Inside(const std::string& file) {
  const fs::path path = fs::path(file).lexically_normal();
  return !path.empty() && path.is_relative() && *path.begin() != "..";
}

/// Makes the folder, or clears the files of the demo that is in it; anything else in it is refused.
Result<Done> Prepare(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return CannotUse(folder, "the folder cannot be made: " + error.message());
  if (fs::is_empty(folder, error) && !error) return Done{};
  std::ifstream stream(fs::path(folder) / kTruth, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const std::vector<std::string> files = FilesOfTruth(text);
  if (files.empty())
    return Error{Code::kUsage, folder, "the folder is not empty and holds no demo",
                 "name a new or empty folder"};
  for (const std::string& file : files)
    if (Inside(file)) fs::remove(fs::path(folder) / file, error);
  return Done{};
}

Result<Done> Write(const std::string& folder, const DemoFile& file) {
  const fs::path path = fs::path(folder) / file.path;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(file.bytes.data(), static_cast<std::streamsize>(file.bytes.size()));
  stream.close();
  if (!stream) return CannotUse(path.string(), "the file cannot be written");
  return Done{};
}

Result<DemoFiles> Compose(const DemoOptions& options) {
  const World world = Simulate(options);
  DemoFiles files;
  BACKCAST_TRY(std::string plan, PlanFile(world));
  files.push_back({"plan.yaml", std::move(plan)});
  files.push_back({"costs.csv", CostsFile(world)});
  files.push_back({"calendar.yaml", CalendarFile(world)});
  for (const auto& part :
       {Notes(world), ExportX(world), ExportYouTube(world), ExportMetaContent(world), ExportMetaAds(world),
        ExportGoogleAds(world), ExportSite(world), ExportShop(world), ExportCrm(world), ExportLetters(world)})
    files.insert(files.end(), part.begin(), part.end());
  std::vector<std::string> names;
  for (const DemoFile& file : files) names.push_back(file.path);
  names.emplace_back(kTruth);
  files.push_back({kTruth, TruthFile(world, names)});
  return files;
}

}  // namespace

Result<std::vector<std::string>> WriteDemo(const std::string& folder, const DemoOptions& options) {
  BACKCAST_CHECK(CheckOptions(options));
  BACKCAST_CHECK(Prepare(folder));
  BACKCAST_TRY(const DemoFiles files, Compose(options));
  std::vector<std::string> names;
  for (const DemoFile& file : files) {
    BACKCAST_CHECK(Write(folder, file));
    names.push_back(file.path);
  }
  return names;
}

}  // namespace backcast::demo
