#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/multiply.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <algorithm>
#include <numeric>
#include <vector>

using namespace xgrad;
using test::check_error;

namespace {

constexpr std::int64_t count = 4096;  // whose memory goes back to the system, or to the next array, when it is freed

Array numbers() {
  Array result(DType::float32, {count});
  std::iota(result.data<float>().begin(), result.data<float>().end(), 0.0f);
  return result;
}

/// Takes memory that was freed a moment ago.
void overwrite() {
  for (int i = 0; i < 4; ++i) Array::zeros(DType::float32, {count});
}

template <class Range>
void check_numbers(const Range& range) {
  overwrite();
  float expected = 0;
  for (const float value : range) BOOST_REQUIRE(value == expected++);
  BOOST_TEST(expected == static_cast<float>(count));
}

Function identity() {
  const auto x = input({count}, "x");
  return compile({x}, {x * 1.0});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(temporaries)

BOOST_AUTO_TEST_CASE(elements_of_a_temporary_are_owned) {
  check_numbers(numbers().data<float>());
  float expected = 0;
  for (float value : numbers().data<float>()) {
    overwrite();
    BOOST_REQUIRE(value == expected++);
  }
  const auto elements = numbers().data<float>();
  check_numbers(elements);
  BOOST_TEST(elements.size() == static_cast<std::size_t>(count));
  BOOST_TEST(elements[7] == 7);
  BOOST_TEST(elements.data()[7] == 7);
  const std::span<const float> span = elements;
  check_numbers(span);
  check_numbers(std::vector<float>(elements.begin(), elements.end()));
  auto changed = numbers().data<float>();
  for (float& value : changed) value += 1;
  BOOST_TEST(changed[7] == 8);
  const auto constant = [] { return static_cast<const Array>(numbers()); };
  check_numbers(constant().data<float>());
  check_error<DTypeError>([] { numbers().data<double>(); }, "Array: expected to be read as float32");
}

BOOST_AUTO_TEST_CASE(views_bytes_and_shapes_of_a_temporary_are_owned) {
  const auto view = numbers().view<float>();
  overwrite();
  BOOST_TEST(view(7) == 7);
  BOOST_TEST(view.size() == static_cast<std::size_t>(count));
  const auto bytes = numbers().bytes();
  overwrite();
  const Array expected = numbers();
  BOOST_TEST(std::ranges::equal(bytes, expected.bytes()));
  for (const auto size : Array(DType::float32, {3, 5}).shape()) BOOST_TEST((size == 3 || size == 5));
}

BOOST_AUTO_TEST_CASE(results_of_a_call_are_owned) {
  auto f = identity();
  const Array x = numbers();
  check_numbers(f(x)[0].data<float>());
  const auto view = f(x)[0].view<float>();
  overwrite();
  BOOST_TEST(view(7) == 7);
  check_numbers(f(x).front().data<float>());
  check_numbers(f(x).back().data<float>());
  check_numbers(f(x).at(0).data<float>());
  const auto& kept = f(x)[0];
  check_numbers(kept.data<float>());
  check_numbers(eval(constant(numbers()) * 1.0).data<float>());
  const std::vector<Array> all = f(x);
  check_numbers(all[0].data<float>());
}

BOOST_AUTO_TEST_CASE(xtensor_containers_made_of_temporaries_are_copies) {
  auto f = identity();
  const xt::xtensor<float, 1> tensor = numbers();
  check_numbers(tensor);
  const xt::xtensor<float, 1> result = f(numbers())[0];
  check_numbers(result);
  const xt::xtensor<float, 1>& bound = f(numbers())[0];
  check_numbers(bound);
  const xt::xarray<float> array = f(numbers())[0];
  check_numbers(array);
}

BOOST_AUTO_TEST_CASE(what_temporary_tensors_are_asked_is_owned) {
  const auto x = input({2, 3, 4}, "x");
  std::vector<Dim> sizes;
  for (const Dim size : (x * x).shape()) sizes.push_back(size);
  BOOST_TEST((sizes == std::vector<Dim>{2, 3, 4}));
  sizes.clear();
  for (const Dim size : (x * x).shape().dims()) sizes.push_back(size);
  BOOST_TEST((sizes == std::vector<Dim>{2, 3, 4}));
  const auto& type = (x * x).type();
  BOOST_TEST(type.to_string() == "float32 (2, 3, 4)");
  const auto& name = parameter(1.0f, std::string(100, 'w')).name();
  BOOST_TEST(name == std::string(100, 'w'));
  check_numbers(parameter(numbers()).value().data<float>());
}

BOOST_AUTO_TEST_CASE(references_take_over_temporaries) {
  const auto check = [](const ArrayRef& reference) { check_numbers(reference.elements<float>()); };
  const ArrayRef of_array = numbers();
  check(of_array);
  const ArrayRef of_container = xt::xarray<float>(numbers());
  check(of_container);
  xt::xtensor<float, 1> fixed(numbers().view<float>());
  const ArrayRef of_moved = std::move(fixed);
  check(of_moved);
  const ArrayRef of_view = xt::view(xt::xarray<float>(numbers()), xt::all());
  check(of_view);
  const ArrayRef part = ArrayRef(numbers()).rows(0, count);
  check(part);
}

BOOST_AUTO_TEST_CASE(references_borrow_what_has_a_name) {
  const Array array = numbers();
  BOOST_TEST((ArrayRef(array).data() == array.bytes().data()));
  const xt::xarray<float> container = array;
  BOOST_TEST((ArrayRef(container).data() == reinterpret_cast<const std::byte*>(container.data())));
  // A view that was written in place refers to a container with a name.
  const ArrayRef rows = xt::view(container, xt::range(2, 4));
  BOOST_TEST((rows.data() == reinterpret_cast<const std::byte*>(container.data() + 2)));
}

BOOST_AUTO_TEST_CASE(a_handle_on_no_tensor_is_refused) {
  const std::string text =
      "Tensor: expected a handle on a tensor, but this one was made without arguments or moved from";
  const Tensor none;
  check_error<StateError>([&] { none.shape(); }, text);
  check_error<StateError>([&] { none.dtype(); }, text);
  check_error<StateError>([&] { none.name(); }, text);
  check_error<StateError>([&] { none.value(); }, text);
  check_error<StateError>([&] { none* none; }, text);
  check_error<StateError>([&] { none * 2.0; }, text);
  check_error<StateError>([&] { eval(none); }, text);
  check_error<StateError>([&] { compile({none}, {}); }, text);
  auto x = input({3});
  const auto y = std::move(x);
  check_error<StateError>([&] { x.shape(); }, text);  // NOLINT: that is the point
  x = y;
  BOOST_TEST(x.rank() == 1u);
}

BOOST_AUTO_TEST_CASE(a_function_that_was_moved_from_is_refused) {
  auto f = identity();
  auto g = std::move(f);
  const std::string text = "Function: expected one made by compile, but this one was moved from";
  check_error<StateError>([&] { f(numbers()); }, text);
  check_error<StateError>([&] { f.explain(); }, text);
  std::vector<Array> outputs(1);
  const std::vector<ArrayRef> inputs{numbers()};
  check_error<StateError>([&] { f.run(inputs, outputs); }, text);
  f = std::move(g);
  check_numbers(f(numbers())[0].data<float>());
}

BOOST_AUTO_TEST_SUITE_END()
