#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/profiler.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/ops/exp.hpp>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "../io/temporary_folder.hpp"
#include "mlp_step.hpp"
#include <algorithm>
#include <fstream>
#include <set>

using namespace xgrad;

namespace {

const Profiler::Kernel* find(const std::vector<Profiler::Kernel>& kernels, const std::string& name,
                             const std::string& shape) {
  const auto found = std::find_if(kernels.begin(), kernels.end(),
                                  [&](const auto& kernel) { return kernel.name == name && kernel.shape == shape; });
  return found == kernels.end() ? nullptr : &*found;
}

nlohmann::json trace_of(const Profiler& profiler) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "trace.json";
  profiler.write_trace(file);
  return nlohmann::json::parse(std::ifstream(file));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(profiler)

BOOST_AUTO_TEST_CASE(counts_the_calls_and_operations_of_every_kernel) {
  const auto x = input({batch, 3}, "x");
  const auto w = parameter(Array::zeros(DType::float32, {3, 4}), "w");
  auto function = compile({x}, {exp(dot(x, w) + 1.0)});
  const Array argument = Array::zeros(DType::float32, {5, 3});
  function(argument);  // not recorded
  Profiler profiler;
  function(argument);
  function(argument);
  const auto kernels = profiler.kernels();
  BOOST_TEST(kernels.size() == 2u);
  const auto* product = find(kernels, "dot", "(5, 3) (3, 4) -> (5, 4)");
  BOOST_REQUIRE(product);
  BOOST_TEST(product->calls == 2);
  BOOST_TEST(product->operations == 2 * 2.0 * 5 * 3 * 4);
  BOOST_TEST(product->seconds > 0.0);
  const auto* fused = find(kernels, "add exp", "(5, 4)");
  BOOST_REQUIRE(fused);
  BOOST_TEST(fused->operations == 2 * 2.0 * 5 * 4);
  BOOST_TEST(profiler.table().find("add exp (5, 4)") != std::string::npos, profiler.table());
  BOOST_TEST(std::ranges::count(profiler.table(1), '\n') == 2);
}

BOOST_AUTO_TEST_CASE(traces_are_chrome_events_with_kernel_shape_and_thread) {
  const int before = threads();
  set_threads(2);
  const test::MlpStep mlp(784, 64);
  auto step = mlp.compile();
  const auto data = test::MlpStep::batch_of(512, 784);
  Profiler profiler;
  for (int call = 0; call < 20; ++call) step(data[0], data[1]);
  const auto trace = trace_of(profiler);
  std::set<int> seen;
  double calls = 0;
  for (const auto& event : trace["traceEvents"]) {
    if (event["ph"] != "X") continue;
    ++calls;
    seen.insert(event["tid"].get<int>());
    BOOST_REQUIRE(!event["name"].get<std::string>().empty());
    BOOST_REQUIRE(event["args"]["shape"].get<std::string>().starts_with("("));
    BOOST_REQUIRE(event["ts"].get<double>() >= 0);
    BOOST_REQUIRE(event["dur"].get<double>() >= 0);
  }
  double expected = 0;
  for (const auto& kernel : profiler.kernels()) expected += static_cast<double>(kernel.calls);
  BOOST_TEST(calls == expected);
  BOOST_TEST(seen.size() <= 2u);
  set_threads(before);
}

BOOST_AUTO_TEST_CASE(records_only_while_it_lives_and_alone) {
  const auto x = input({}, "x");
  auto function = compile({x}, {exp(x)});
  {
    Profiler first;
    BOOST_CHECK_THROW(Profiler second, StateError);
    function(1.0f);
    BOOST_TEST(first.kernels().size() == 1u);
  }
  function(1.0f);
  Profiler second;
  BOOST_TEST(second.kernels().empty());
  BOOST_TEST(trace_of(second)["traceEvents"].empty());
}

BOOST_AUTO_TEST_SUITE_END()
