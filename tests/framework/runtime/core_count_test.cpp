#include <xgrad/framework/runtime/core_count.hpp>

#include <boost/test/unit_test.hpp>

#include "../io/temporary_folder.hpp"
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

using namespace xgrad;
namespace fs = std::filesystem;

namespace {

/// The quota of a process whose list of groups is `list`, on a machine with these files of control groups.
std::optional<double> quota(const std::string& list, const std::vector<std::pair<std::string, std::string>>& files) {
  const test::TemporaryFolder folder;
  for (const auto& [name, content] : files) {
    const auto path = folder.path() / "mount" / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << content << '\n';
  }
  return quota_of_groups(folder.file("groups", list), folder.path() / "mount");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cores)

BOOST_AUTO_TEST_CASE(are_as_many_as_quotas_of_version_2_allow) {
  BOOST_TEST((quota("0::/\n", {{"cpu.max", "150000 100000"}}) == 1.5));
  BOOST_TEST((quota("0::/a/b\n", {{"a/b/cpu.max", "400000 100000"}}) == 4.0));
  BOOST_TEST((quota("0::/a/b\n", {{"a/b/cpu.max", "max 100000"}, {"a/cpu.max", "200000 100000"}}) == 2.0));
  BOOST_TEST((quota("0::/a/b\n", {{"a/b/cpu.max", "100000 100000"}, {"a/cpu.max", "200000 100000"}}) == 1.0));
  BOOST_TEST((quota("0::/as/the/host/sees/it\n", {{"cpu.max", "50000 100000"}}) == 0.5));
}

BOOST_AUTO_TEST_CASE(are_as_many_as_quotas_of_version_1_allow) {
  const std::string list = "5:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n";
  BOOST_TEST((
      quota(list, {{"cpu/docker/1/cpu.cfs_quota_us", "300000"}, {"cpu/docker/1/cpu.cfs_period_us", "100000"}}) == 3.0));
  BOOST_TEST(
      (quota(list, {{"cpu,cpuacct/cpu.cfs_quota_us", "20000"}, {"cpu,cpuacct/cpu.cfs_period_us", "10000"}}) == 2.0));
  BOOST_TEST(!quota(list, {{"cpu/docker/1/cpu.cfs_quota_us", "-1"}, {"cpu/docker/1/cpu.cfs_period_us", "100000"}}));
}

BOOST_AUTO_TEST_CASE(are_not_limited_by_what_is_no_quota) {
  BOOST_TEST(!quota("", {}));
  BOOST_TEST(!quota("nonsense\n0:\n\n", {{"cpu.max", "100000 100000"}}));
  BOOST_TEST(!quota("0::/\n", {{"cpu.max", "max 100000"}}));
  BOOST_TEST(!quota("0::/\n", {{"cpu.max", "garbage"}}));
  BOOST_TEST(!quota("3:cpuset:/\n", {{"cpu.max", "100000 100000"}}));
  BOOST_TEST(!quota_of_groups("/no/such/file", "/no/such/folder"));
}

#if defined(__linux__)

BOOST_AUTO_TEST_CASE(are_no_more_than_the_affinity_allows) {
  BOOST_TEST(core_count() >= 1);
  cpu_set_t before, one;
  BOOST_REQUIRE(sched_getaffinity(0, sizeof(before), &before) == 0);
  CPU_ZERO(&one);
  for (int core = 0; core < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++core) {
    if (CPU_ISSET(core, &before)) CPU_SET(core, &one);
  }
  BOOST_REQUIRE(sched_setaffinity(0, sizeof(one), &one) == 0);
  const int with_one = core_count();
  BOOST_REQUIRE(sched_setaffinity(0, sizeof(before), &before) == 0);
  BOOST_TEST(with_one == 1);
}

#endif

BOOST_AUTO_TEST_SUITE_END()
