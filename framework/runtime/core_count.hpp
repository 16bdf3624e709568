#pragma once

#include <filesystem>
#include <optional>

namespace xgrad {

/// How many cores this process may use: those that its affinity allows, and no more than the quota of its control
/// groups gives it time for. At least 1.
int core_count();

/// The processor time per time, in cores, that control groups (Linux, version 1 or 2) allow; nothing when they do not
/// limit it. `groups` is the list of the process's groups, /proc/self/cgroup, and `mount` the folder in which they are
/// found.
std::optional<double> quota_of_groups(const std::filesystem::path& groups, const std::filesystem::path& mount);

}  // namespace xgrad
