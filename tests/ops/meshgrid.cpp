#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/meshgrid.hpp>

namespace xgrad {

static const RegisterSamples samples_of_meshgrid{
    "meshgrid",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, std::vector<std::int64_t> sizes, MeshIndexing indexing,
                                   std::size_t output, double axis) {
                std::vector<Array> vectors;
                for (auto size : sizes)
                  vectors.push_back(sample_values({size}, -2, 2, static_cast<int>(vectors.size())));
                samples.push_back({std::move(label),
                                   std::move(vectors),
                                   [=](auto x) {
                                     return meshgrid({x.begin(), x.end()}, indexing)[output];
                                   },
                                   {{"xy", {indexing == MeshIndexing::xy ? 1.0 : 0.0}},
                                    {"output", {static_cast<double>(output)}},
                                    {"axis", {axis}}}});
              };
              add("first of xy", {3, 2}, MeshIndexing::xy, 0, 1);
              add("second of xy", {3, 2}, MeshIndexing::xy, 1, 0);
              add("third of xy", {2, 1, 3}, MeshIndexing::xy, 2, 2);
              add("first of ij", {3, 2}, MeshIndexing::ij, 0, 0);
              add("second of ij", {2, 3, 2}, MeshIndexing::ij, 1, 1);
              add("one vector", {3}, MeshIndexing::xy, 0, 0);
              add("one element", {1, 1}, MeshIndexing::xy, 0, 1);
              add("no elements", {0, 2}, MeshIndexing::xy, 0, 1);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"a matrix",
                                             [] {
                                               meshgrid({input({3}), input({2, 3})});
                                             },
                                             "meshgrid: expected vectors, but got shape (2, 3) at place 1"}};
            },
    }};

}  // namespace xgrad
