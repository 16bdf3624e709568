#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/concatenate.hpp>
#include <xgrad/ops/reshape.hpp>

namespace xgrad {
namespace {

std::vector<Rejection> joined_rejections(const std::string& name,
                                         Tensor (*function)(const std::vector<Tensor>&, std::int64_t)) {
  return {
      {"nothing", [=] { function({}, 0); }, name + ": expected at least one tensor, but got none"},
      {"mixed dtypes",
       [=] {
         function({input({3}), input({3}, {}, DType::int32)}, 0);
       },
       name + ": expected tensors of one dtype, but got float32 and int32"},
      {"an axis that does not exist",
       [=] {
         function({input({3}), input({3})}, 2);
       },
       name + ": axis 2 does not exist"},
  };
}

/// The samples of an operator that joins tensors, of these shapes along this axis.
std::vector<Sample> joined_samples(
    Tensor (*function)(const std::vector<Tensor>&, std::int64_t),
    const std::vector<std::tuple<std::string, std::vector<Extents>, std::int64_t>>& uses) {
  std::vector<Sample> samples;
  for (const auto& [label, shapes, axis] : uses) {
    std::vector<Array> arrays;
    for (const auto& shape : shapes) arrays.push_back(sample_values(shape, -2, 2, static_cast<int>(arrays.size())));
    samples.push_back({label,
                       std::move(arrays),
                       [function, axis = axis](auto x) {
                         return function({x.begin(), x.end()}, axis);
                       },
                       {{"axis", {static_cast<double>(axis)}}}});
  }
  return samples;
}

}  // namespace

static const RegisterSamples samples_of_concatenate{
    "concatenate",
    {
        .samples =
            [] {
              return joined_samples(concatenate, {{"rows", {{2, 3}, {1, 3}}, 0},
                                                  {"columns", {{2, 1}, {2, 3}, {2, 2}}, 1},
                                                  {"the axis in the middle", {{2, 1, 3}, {2, 2, 3}}, -2},
                                                  {"equal sizes", {{2, 2}, {2, 2}, {2, 2}}, 0},
                                                  {"vectors", {{2}, {3}}, -1},
                                                  {"beside nothing", {{2, 0}, {2, 3}}, 1},
                                                  {"one tensor", {{2, 2}}, 0},
                                                  {"one element", {{1}, {0}}, 0},
                                                  {"no elements", {{0, 2}, {0, 1}}, 1}});
            },
        .rejections =
            [] {
              auto rejections = joined_rejections("concatenate", concatenate);
              rejections.push_back(
                  {"another size",
                   [] {
                     concatenate({input({2, 3}), input({2, 4})});
                   },
                   "concatenate: expected shapes that are equal but for axis 0, but got (2, 3) and (2, "
                   "4)"});
              rejections.push_back({"a symbol and a number",
                                    [] {
                                      concatenate({input({batch, 3}), input({2, 3})});
                                    },
                                    "concatenate: no size can stand for batch + 2 along axis 0"});
              rejections.push_back({"a scalar",
                                    [] {
                                      concatenate({input({}), input({})});
                                    },
                                    "concatenate: axis 0 does not exist"});
              return rejections;
            },
    }};

static const RegisterSamples samples_of_stack{
    "stack",
    {
        .samples =
            [] {
              return joined_samples(stack, {{"first axis", {{2, 3}, {2, 3}}, 0},
                                            {"last axis", {{2, 2}, {2, 2}, {2, 2}}, -1},
                                            {"the axis in the middle", {{2, 3}, {2, 3}}, 1},
                                            {"scalars", {{}, {}}, 0},
                                            {"one element", {{1}}, 1},
                                            {"no elements", {{0, 2}, {0, 2}}, 1}});
            },
        .rejections =
            [] {
              auto rejections = joined_rejections("stack", stack);
              rejections.push_back({"shapes that differ",
                                    [] {
                                      stack({input({2, 3}), input({3})});
                                    },
                                    "stack: expected tensors of one shape, but got (2, 3) and (3,)"});
              return rejections;
            },
    }};

}  // namespace xgrad
