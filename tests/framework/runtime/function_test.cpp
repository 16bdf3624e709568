#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "mlp_step.hpp"
#include <cmath>
#include <string>

using namespace xgrad;

namespace {

Array floats(std::initializer_list<float> values) { return xt::xarray<float>(values); }

std::vector<float> values_of(const Array& array) {
  const auto data = array.data<float>();
  return {data.begin(), data.end()};
}

template <class Error, class Call>
void check_error(Call call, const std::string& text) {
  BOOST_CHECK_EXCEPTION(call(), Error, [&](const Error& error) {
    BOOST_TEST_INFO(error.what());
    return std::string(error.what()).find(text) != std::string::npos;
  });
}

using Floats = std::vector<float>;

}  // namespace

BOOST_AUTO_TEST_SUITE(function)

BOOST_AUTO_TEST_CASE(takes_and_gives_xtensor_arrays) {
  auto x = input({batch, 2}, "x");
  auto f = compile({x}, {x * 2.0 + 1.0, sum(x)});
  const xt::xarray<float> argument{{1, 2}, {3, 4}, {5, 6}};
  const auto outputs = f(argument);
  const xt::xarray<float> first = outputs[0];
  BOOST_TEST((first == xt::xarray<float>{{3, 5}, {7, 9}, {11, 13}}));
  BOOST_TEST(outputs[1].item() == 21);
}

BOOST_AUTO_TEST_CASE(plans_again_for_every_size_of_the_batch) {
  auto x = input({batch, 3}, "x");
  auto f = compile({x}, {sum(x, 0), mean(x)});
  for (std::int64_t size : {1, 2, 7, 64, 65, 200, 7, 1}) {
    const auto argument = sample_values({size, 3}).cast(DType::float32);
    const auto outputs = f(argument);
    double total = 0;
    for (float value : argument.data<float>()) total += value;
    BOOST_CHECK_SMALL(outputs[1].item() - total / static_cast<double>(3 * size), 1e-6);
    BOOST_TEST((outputs[0].shape() == Extents{3}));
  }
}

BOOST_AUTO_TEST_CASE(an_empty_batch_is_fine) {
  auto x = input({batch, 3}, "x");
  auto w = parameter(floats({1, 2, 3}), "w");
  auto f = compile({x}, {x * w, sum(x, 0)});
  const auto outputs = f(Array(DType::float32, {0, 3}));
  BOOST_TEST((outputs[0].shape() == Extents{0, 3}));
  BOOST_TEST(values_of(outputs[1]) == Floats({0, 0, 0}));
}

BOOST_AUTO_TEST_CASE(updates_read_what_parameters_held_before_the_call) {
  auto a = parameter(floats({1, 2}), "a");
  auto b = parameter(floats({10, 20}), "b");
  auto swap = compile({}, {a, a + b}, {{a, b}, {b, a}});
  const auto outputs = swap();
  BOOST_TEST(values_of(outputs[0]) == Floats({1, 2}));
  BOOST_TEST(values_of(outputs[1]) == Floats({11, 22}));
  BOOST_TEST(values_of(a.value()) == Floats({10, 20}));
  BOOST_TEST(values_of(b.value()) == Floats({1, 2}));
}

BOOST_AUTO_TEST_CASE(an_update_can_depend_on_another_update) {
  auto a = parameter(floats({1, 2, 3}), "a");
  auto b = parameter(floats({0, 0, 0}), "b");
  auto next = a * 2.0;
  auto step = compile({}, {}, {{a, next}, {b, b + next + a}});
  step();
  BOOST_TEST(values_of(a.value()) == Floats({2, 4, 6}));
  BOOST_TEST(values_of(b.value()) == Floats({3, 6, 9}));
  step();
  BOOST_TEST(values_of(a.value()) == Floats({4, 8, 12}));
  BOOST_TEST(values_of(b.value()) == Floats({9, 18, 27}));
}

BOOST_AUTO_TEST_CASE(an_update_waits_for_those_who_need_the_whole_parameter) {
  // x . w needs all of w in every block of rows while w itself is updated row by row.
  auto x = input({batch, 64}, "x");
  auto w = parameter(sample_values({64, 64}).cast(DType::float32), "w");
  auto product = dot(x, w);
  auto step = compile({x}, {product, sum(product)}, {{w, w * 2.0}});
  const auto argument = sample_values({300, 64}).cast(DType::float32);
  const auto first = step(argument);
  const auto second = step(argument);
  for (std::size_t index = 0; index < first[0].size(); ++index) {
    BOOST_REQUIRE_EQUAL(second[0].data<float>()[index], 2 * first[0].data<float>()[index]);
  }
}

BOOST_AUTO_TEST_CASE(an_argument_may_be_the_memory_of_an_updated_parameter) {
  auto x = input({3}, "x");
  auto w = parameter(floats({1, 2, 3}), "w");
  auto step = compile({x}, {x * 1.0, sum(x)}, {{w, w + x}});
  const auto outputs = step(w.value());
  BOOST_TEST(values_of(w.value()) == Floats({2, 4, 6}));
  BOOST_TEST(values_of(outputs[0]) == Floats({1, 2, 3}));
  BOOST_TEST(outputs[1].item() == 6);
}

BOOST_AUTO_TEST_CASE(outputs_may_repeat_and_may_be_leaves) {
  auto x = input({2}, "x");
  auto c = constant(floats({7, 8}));
  auto f = compile({x}, {x, x, c, broadcast_to(c, {2, 2}), reshape(x, {2, 1})});
  const auto outputs = f(floats({1, 2}));
  BOOST_TEST(values_of(outputs[1]) == Floats({1, 2}));
  BOOST_TEST(values_of(outputs[2]) == Floats({7, 8}));
  BOOST_TEST(values_of(outputs[3]) == Floats({7, 8, 7, 8}));
  BOOST_TEST((outputs[4].shape() == Extents{2, 1}));
}

BOOST_AUTO_TEST_CASE(run_writes_into_the_arrays_of_the_caller) {
  auto x = input({batch}, "x");
  auto f = compile({x}, {x + 1.0});
  const auto argument = floats({1, 2});
  std::vector<Array> outputs(1);
  const std::vector<ArrayRef> arguments{argument};
  f.run(arguments, outputs);
  const auto* memory = outputs[0].bytes().data();
  f.run(arguments, outputs);
  BOOST_TEST(outputs[0].bytes().data() == memory);
  BOOST_TEST(values_of(outputs[0]) == Floats({2, 3}));
}

BOOST_AUTO_TEST_CASE(inputs_that_nothing_reads_are_allowed) {
  auto x = input({batch}, "x");
  auto unused = input({batch, 4}, "unused");
  auto f = compile({unused, x}, {x * 3.0});
  BOOST_TEST(values_of(f(Array::zeros(DType::float32, {2, 4}), floats({1, 2}))[0]) == Floats({3, 6}));
}

BOOST_AUTO_TEST_CASE(bad_graphs_are_refused_by_compile) {
  auto x = input({batch}, "x");
  auto w = parameter(floats({1}), "w");
  check_error<ValueError>([&] { compile({}, {x + 1.0}); }, "input 'x' float32 (batch,), which is not among the inputs");
  check_error<ValueError>([&] { compile({x, x}, {x}); }, "input 'x' is named twice");
  check_error<ValueError>([&] { compile({x + 1.0}, {x}); }, "the result of add");
  check_error<ValueError>([&] { compile({}, {}, {{w, w}, {w, w}}); }, "parameter 'w' is updated twice");
  check_error<ValueError>([&] { compile({}, {}, {{w + 1.0, w}}); }, "an update needs a tensor made by parameter()");
  check_error<ShapeError>([&] { compile({}, {}, {{w, sum(w)}}); }, "parameter 'w' expected shape (1,), but got ()");
  check_error<DTypeError>(
      [&] {
        compile({}, {}, {{w, cast(w, DType::float64)}});
      },
      "expected float32, but got float64");
  check_error<ShapeError>([&] { compile({}, {dim_size(batch)})(); }, "batch depends on a symbol that no input");
}

BOOST_AUTO_TEST_CASE(arrays_that_do_not_fit_are_refused_by_the_call) {
  auto x = input({batch, 3}, "x");
  auto y = input({batch}, "y");
  auto f = compile({x, y}, {sum(x) + sum(y)});
  const auto rows = Array::zeros(DType::float32, {2, 3});
  const auto labels = Array::zeros(DType::float32, {2});
  check_error<ValueError>([&] { f(rows); }, "expected 2 array(s), one for each input, but got 1");
  check_error<DTypeError>([&] { f(rows.cast(DType::float64), labels); }, "input 'x' expected float32, but got float64");
  check_error<ShapeError>([&] { f(labels, labels); }, "input 'x' expected shape (batch, 3), but got (2,)");
  check_error<ShapeError>([&] { f(rows, Array::zeros(DType::float32, {5})); },
                          "input 'y' expected shape (batch,), but got (5,); equal symbols must have equal sizes");
  BOOST_TEST(f(rows, labels)[0].item() == 0);
}

BOOST_AUTO_TEST_CASE(a_training_step_lowers_the_loss) {
  const test::MlpStep mlp;
  auto step = mlp.compile();
  const auto data = test::MlpStep::batch_of(100);
  const double before = step(data[0], data[1])[0].item();
  for (int count = 0; count < 200; ++count) step(data[0], data[1]);
  BOOST_TEST(before == std::log(10.0), boost::test_tools::tolerance(0.1));
  BOOST_TEST(step(data[0], data[1])[0].item() < before / 2);
}

BOOST_AUTO_TEST_CASE(explain_tells_levels_steps_and_after_a_call_sizes) {
  const test::MlpStep mlp(784, 32);
  auto step = mlp.compile();
  const auto contains = [&](const std::string& text) { return step.explain().find(text) != std::string::npos; };
  BOOST_TEST(contains("2 level(s)"));
  BOOST_TEST(contains("fused: add relu -> arena float32 (batch, 32)"));
  BOOST_TEST(contains("-> 'w1'"));
  BOOST_TEST(!contains("arena of"));
  const auto data = test::MlpStep::batch_of(128, 784);
  step(data[0], data[1]);
  BOOST_TEST(contains("rows of batch: 2 block(s) of 64"));
  BOOST_TEST(contains("arena of"));
}

BOOST_AUTO_TEST_CASE(a_million_nodes_build_differentiate_and_run) {
  auto x = input({}, "x");
  Tensor y = x;
  for (int count = 0; count < 500'000; ++count) y = (y + 1.0) * 1.0;
  const auto slope = gradients(y, {x})[0];
  auto f = compile({x}, {y, slope});
  const auto outputs = f(Array(0.0f));
  BOOST_TEST(outputs[0].item() == 500'000);
  BOOST_TEST(outputs[1].item() == 1);
}

BOOST_AUTO_TEST_CASE(eval_looks_at_parameters_and_constants) {
  auto w = parameter(floats({1, 2, 3}), "w");
  BOOST_TEST(eval(sum(w * w)).item() == 14);
  w.assign(floats({2, 2, 2}));
  BOOST_TEST(eval(sum(w * w)).item() == 12);
}

BOOST_AUTO_TEST_SUITE_END()
