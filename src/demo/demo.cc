// SPDX-License-Identifier: Apache-2.0
#include "demo/demo.h"

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <system_error>

#include "demo/b2b.h"
#include "demo/exports.h"
#include "demo/workspace.h"

namespace backcast::demo {
namespace {

namespace fs = std::filesystem;
constexpr int kFewestDays = 60;
constexpr int kMostDays = 3660;
constexpr const char* kTruth = "truth.json";

Result<Done> CheckOptions(const DemoOptions& options) {
  if (options.kind != "b2c" && options.kind != "b2b")
    return Error{Code::kUsage, "--kind", "there is no simulated brand of the kind '" + options.kind + "'",
                 "use b2c or b2b"};
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

DemoFiles Joined(std::initializer_list<DemoFiles> parts) {
  DemoFiles files;
  for (const DemoFiles& part : parts) files.insert(files.end(), part.begin(), part.end());
  return files;
}

/// Their paths, and the truth's own.
std::vector<std::string> NamesOf(const DemoFiles& files) {
  std::vector<std::string> names;
  for (const DemoFile& file : files) names.push_back(file.path);
  names.emplace_back(kTruth);
  return names;
}

Result<DemoFiles> Consumers(const DemoOptions& options) {
  World world = Simulate(options);
  BACKCAST_CHECK(SimulateVoices(world));
  BACKCAST_TRY(std::string plan, PlanFile(world));
  BACKCAST_TRY(const DemoFiles desk, ExportDesk(world));
  DemoFiles files = Joined({{{"plan.yaml", std::move(plan)},
                             {"costs.csv", CostsFile(world)},
                             {"calendar.yaml", CalendarFile(world)}},
                            Notes(world),
                            ExportX(world),
                            ExportYouTube(world),
                            ExportMetaContent(world),
                            ExportMetaAds(world),
                            ExportGoogleAds(world),
                            ExportSite(world),
                            ExportVisits(world),
                            ExportShop(world),
                            ExportCrm(world),
                            ExportLetters(world),
                            desk,
                            ExportVoices(world)});
  files.push_back({kTruth, TruthFile(world, NamesOf(files))});
  return files;
}

Result<DemoFiles> Businesses(const DemoOptions& options) {
  const b2b::Brand brand = b2b::Simulate(options);
  BACKCAST_TRY(std::string plan, b2b::PlanFile(brand));
  DemoFiles files = Joined({{{"plan.yaml", std::move(plan)},
                             {"costs.csv", CostsText(b2b::Costs(brand))},
                             {"calendar.yaml", b2b::CalendarFile(brand)}},
                            NotesOf("b2b", brand.history()),
                            b2b::ExportPage(brand),
                            b2b::ExportAds(brand),
                            b2b::ExportSite(brand),
                            b2b::ExportCrm(brand)});
  files.push_back({kTruth, b2b::TruthFile(brand, NamesOf(files))});
  return files;
}

}  // namespace

Result<std::vector<std::string>> WriteDemo(const std::string& folder, const DemoOptions& options) {
  BACKCAST_CHECK(CheckOptions(options));
  BACKCAST_CHECK(Prepare(folder));
  BACKCAST_TRY(const DemoFiles files, options.kind == "b2b" ? Businesses(options) : Consumers(options));
  std::vector<std::string> names;
  for (const DemoFile& file : files) {
    BACKCAST_CHECK(Write(folder, file));
    names.push_back(file.path);
  }
  return names;
}

}  // namespace backcast::demo
