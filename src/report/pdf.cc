// SPDX-License-Identifier: Apache-2.0
#include "report/pdf.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

extern char** environ;

namespace backcast {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kLimit{60};

std::optional<std::string> FindBrowser() {
  const char* path = std::getenv("PATH");
  if (path == nullptr) return std::nullopt;
  for (const std::string_view name :
       {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}) {
    std::string_view rest = path;
    while (!rest.empty()) {
      const std::string_view folder = rest.substr(0, rest.find(':'));
      rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
      if (folder.empty()) continue;
      const fs::path candidate = fs::path(folder) / name;
      std::error_code fault;
      if (fs::is_regular_file(candidate, fault) && access(candidate.c_str(), X_OK) == 0)
        return candidate.string();
    }
  }
  return std::nullopt;
}

std::string FileAddress(const fs::path& path) {
  std::string address = "file://";
  for (const char c : path.string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("/-_.~").find(c) != std::string_view::npos) {
      address += c;
    } else {
      address += fmt::format("%{:02X}", byte);
    }
  }
  return address;
}

/// A folder of our own, deleted with everything in it at the end.
class Profile {
 public:
  static std::optional<fs::path> Make() {
    std::error_code fault;
    std::string pattern = (fs::temp_directory_path(fault) / "backcast-print-XXXXXX").string();
    if (fault || mkdtemp(pattern.data()) == nullptr) return std::nullopt;
    return fs::path(pattern);
  }
  explicit Profile(fs::path path) : path_(std::move(path)) {}
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;
  ~Profile() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::vector<std::string> Arguments(const std::string& browser, const Profile& profile, const fs::path& html,
                                   const fs::path& pdf) {
  std::vector<std::string> arguments = {browser,
                                        "--headless",
                                        "--disable-gpu",
                                        "--no-first-run",
                                        "--no-default-browser-check",
                                        "--disable-extensions",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync",
                                        "--disable-default-apps",
                                        "--disable-dev-shm-usage",
                                        "--host-resolver-rules=MAP * ~NOTFOUND",
                                        "--user-data-dir=" + profile.path().string(),
                                        "--no-pdf-header-footer",
                                        "--print-to-pdf=" + pdf.string()};
  if (geteuid() == 0)
    arguments.emplace_back(
        "--no-sandbox");  // Chromium refuses to run as root with it; the page runs no script
  arguments.push_back(FileAddress(html));
  return arguments;
}

/// Starts the program with its output thrown away, in a process group of its own.
std::optional<pid_t> Start(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int fault = posix_spawn(&child, pointers[0], &actions, &attributes, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (fault != 0) return std::nullopt;
  return child;
}

/// The child's exit status, or nothing when it had to be stopped.
std::optional<int> WaitFor(pid_t child) {
  const auto end = std::chrono::steady_clock::now() + kLimit;
  int status = 0;
  while (std::chrono::steady_clock::now() < end) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (ended < 0 && errno != EINTR) return std::nullopt;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  kill(-child, SIGKILL);
  waitpid(child, &status, 0);
  return std::nullopt;
}

Error Failed(std::string what) {
  return {Code::kUnavailable, "", std::move(what), "send the HTML, or print it from a browser"};
}

}  // namespace

Result<Done> PrintPdf(const std::string& html_path, const std::string& pdf_path) {
  std::error_code fault;
  const fs::path html = fs::absolute(html_path, fault);
  if (fault || !fs::is_regular_file(html, fault))
    return Error{Code::kInput, html_path, "there is no such HTML file", "write it first"};
  const auto browser = FindBrowser();
  if (!browser)
    return Error{Code::kUnavailable, "", "PDF needs Chromium",
                 "install it (Debian: apt install chromium) or send the HTML"};
  const auto folder = Profile::Make();
  if (!folder) return Failed("no temporary folder could be made for the browser");
  const Profile profile(*folder);
  const fs::path part = fs::absolute(pdf_path, fault).string() + ".part";
  const auto child = Start(Arguments(*browser, profile, html, part));
  if (!child) return Failed(*browser + " could not be started");
  const auto status = WaitFor(*child);
  const bool printed =
      status && WIFEXITED(*status) && WEXITSTATUS(*status) == 0 && fs::file_size(part, fault) > 0 && !fault;
  if (printed) fs::rename(part, pdf_path, fault);
  if (printed && !fault) return Done{};
  std::error_code ignored;
  fs::remove(part, ignored);
  if (!status) return Failed(fmt::format("{} did not finish within {} seconds", *browser, kLimit.count()));
  return Failed(*browser + " could not print " + html_path + " to " + pdf_path);
}

}  // namespace backcast
