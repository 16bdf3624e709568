#include <xgrad/framework/runtime/core_count.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#endif

namespace xgrad {
namespace {

namespace fs = std::filesystem;

/// The two numbers that a group has for its limit; nothing where there is no limit.
std::optional<double> quotient(double quota, double period) {
  return quota > 0 && period > 0 ? std::optional(quota / period) : std::nullopt;
}

/// Version 2: "200000 100000", or "max 100000".
std::optional<double> quota_of_one_file(const fs::path& file) {
  std::ifstream stream(file);
  double quota = 0, period = 0;
  return stream >> quota >> period ? quotient(quota, period) : std::nullopt;
}

/// Version 1: a file for each number; the quota is -1 where there is no limit.
std::optional<double> quota_of_two_files(const fs::path& folder) {
  std::ifstream quota_stream(folder / "cpu.cfs_quota_us"), period_stream(folder / "cpu.cfs_period_us");
  double quota = 0, period = 0;
  return quota_stream >> quota && period_stream >> period ? quotient(quota, period) : std::nullopt;
}

std::optional<double> quota_of_folder(const fs::path& folder) {
  const auto quota = quota_of_one_file(folder / "cpu.max");
  return quota ? quota : quota_of_two_files(folder);
}

/// The least quota of a group and of those above it. Inside a container the list may name a folder as the host sees it,
/// which is not there: the top of the mount is what counts then.
std::optional<double> least_quota(const fs::path& top, const fs::path& group) {
  std::optional<double> least;
  for (fs::path folder = group.relative_path();; folder = folder.parent_path()) {
    const auto quota = quota_of_folder(top / folder);
    if (quota && (!least || *quota < *least)) least = quota;
    if (folder.empty()) return least;
  }
}

bool names_processor_time(const std::string& controllers) {
  std::istringstream stream(controllers);
  for (std::string controller; std::getline(stream, controller, ',');) {
    if (controller == "cpu") return true;
  }
  return false;
}

int allowed_by_affinity() {
#if defined(__linux__)
  // Larger machines than this have as many cores as the set can name, which is enough.
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

std::optional<double> quota_of_groups(const fs::path& groups, const fs::path& mount) {
  std::ifstream stream(groups);
  std::optional<double> least;
  // Lines like "0::/user.slice" (version 2) and "4:cpu,cpuacct:/docker/..." (version 1).
  for (std::string line; std::getline(stream, line);) {
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const auto controllers = line.substr(first + 1, second - first - 1);
    const bool is_version_2 = controllers.empty();
    if (!is_version_2 && !names_processor_time(controllers)) continue;
    for (const fs::path& top : {mount, mount / "unified", mount / "cpu", mount / "cpu,cpuacct"}) {
      const auto quota = least_quota(top, line.substr(second + 1));
      if (quota && (!least || *quota < *least)) least = quota;
    }
  }
  return least;
}

int core_count() {
  const int allowed = std::max(1, allowed_by_affinity());
  const auto quota = quota_of_groups("/proc/self/cgroup", "/sys/fs/cgroup");
  return quota ? std::clamp(static_cast<int>(std::lround(std::min(*quota, 1e6))), 1, allowed) : allowed;
}

}  // namespace xgrad
