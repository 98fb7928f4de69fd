# The same for executors with GPUs: ONNX Runtime with CUDA 12 and cuDNN 9, over NVIDIA's image. From the folder
# that holds pom.xml, with all bases by their digests:
#
#   docker build -f submit/docker/gpu.Dockerfile -t lakehouse-gpu \
#     --build-arg BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-17@sha256:… \
#     --build-arg SPARK_IMAGE=docker.io/apache/spark:3.5.7-scala2.12-java17-ubuntu@sha256:… \
#     --build-arg CUDA_IMAGE=docker.io/nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04@sha256:… .
#
# conf/spark-gpu.conf has the settings that go with it.
ARG BUILD_IMAGE
ARG SPARK_IMAGE
ARG CUDA_IMAGE

FROM ${BUILD_IMAGE} AS build
ARG BUILD_IMAGE
ARG SPARK_IMAGE
ARG CUDA_IMAGE
RUN for image in "${BUILD_IMAGE}" "${SPARK_IMAGE}" "${CUDA_IMAGE}"; do \
      case "${image}" in *@sha256:*) ;; *) echo "${image}: name its digest" >&2; exit 1 ;; esac; \
    done
WORKDIR /build
COPY . .
RUN mvn -B -ntp -Pgpu -DskipTests -Druntime.skip -pl lakehouse-dist -am package \
      dependency:copy-dependencies -DincludeScope=provided -DoutputDirectory=/build/s3 \
      -DincludeArtifactIds=hadoop-aws,aws-java-sdk-core,aws-java-sdk-s3,aws-java-sdk-kms,aws-java-sdk-sts,aws-java-sdk-dynamodb,jmespath-java,ion-java,jackson-dataformat-cbor \
    && mv lakehouse-dist/target/lakehouse-dist-*-spark3.5_2.12.jar lakehouse.jar

FROM ${SPARK_IMAGE} AS spark

FROM ${CUDA_IMAGE}
# what Spark's entry point calls
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini libnss-wrapper procps \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 185 spark \
    && useradd --system --uid 185 --gid spark --no-create-home spark
COPY --from=spark /opt/java/openjdk /opt/java/openjdk
COPY --from=spark --chown=185:185 /opt/spark /opt/spark
COPY --from=spark --chmod=0555 /opt/entrypoint.sh /opt/entrypoint.sh
COPY --from=build --chmod=0444 /build/s3/ /opt/spark/jars/
COPY --from=build --chmod=0444 /build/lakehouse.jar /opt/lakehouse/lakehouse.jar
ENV JAVA_HOME=/opt/java/openjdk \
    SPARK_HOME=/opt/spark \
    PATH=/opt/java/openjdk/bin:/opt/spark/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /opt/spark/work-dir
USER 185:185
ENTRYPOINT ["/opt/entrypoint.sh"]
